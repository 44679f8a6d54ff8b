"""The demo's window: what people asked for in the weeks before the demo begins, done by the verbs the pages use.

Every case goes its way through real actions at instants of the past, so whatever the window refuses cannot be here.
What would happen on the demo's first day or later has not happened: those cases are open, some at risk, some overdue.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import count
from random import Random
from uuid import UUID

from django.db import transaction

from jiahe.basis.problem import Problem
from jiahe.registry import queries as registry
from jiahe.registry.models import Person
from jiahe.staff.scope import Acting, Scope, visitor
from jiahe.window import actions
from jiahe.window.definitions import days, services
from jiahe.window.definitions.shapes import Handling, Service
from jiahe.window.facts import Channel
from jiahe.window.projections.cases import told
from jiahe.window.queries.open import barred
from jiahe.window.rules.applying import lacking
from jiahe.window.rules.notices import hangs_until
from jiahe.window.rules.story import DELIVERY, RECEPTION, Phase, Story
from jiahe.window.rules.walking import open_outcomes

WEEKS = 11
"""How long before the demo begins the first case was received; what is older lies in no list."""
PER_CASE = 150
"""So many people of the demo for one case."""
FEWEST, MOST = 12, 160
FRESH = 4
"""In every township, which may have a node of its own, there is at least one case received within so many days: it lies
on a desk there still."""
USUAL = "childcare_subsidy"
"""What it asks for: the most usual, and not done on the spot."""
SERVICES = {
    "childcare_subsidy": 34,
    "birth_registration": 22,
    "contraceptive_supplies": 14,
    "prepregnancy_examination": 10,
    "birth_certificate": 8,
    "rural_reward": 6,
    "special_support": 3,
    "complaint": 3,
}
"""How often each is asked for."""
INCOMPLETE, LATE, REFUSED, WITHDRAWN, RATED = 0.3, 0.07, 0.08, 0.03, 0.5
"""Shares: come without something; steps that take longer than they may; decisions that refuse; wishes that end; results
whose applicants rate."""
WORDS = "窗口等候时间较长，希望改进。"
REFUSAL = "经核查，暂不符合规定条件，详见书面决定。"


class Window:
    """Everybody who works at a window, by post; and the instants of what happens."""

    def __init__(
        self,
        officers: Mapping[str, Acting],
        deputies: Mapping[str, Acting],
        scope: Scope,
        until: date,
        zone: tzinfo,
        seed: int,
    ) -> None:
        self.officers, self.deputies = officers, deputies
        self.scope, self.until, self.zone = scope, until, zone
        self.rng = Random(f"{seed}:window")  # noqa: S311 - a crowd, not a secret
        self.calendar = days()
        self.queue: list[tuple[datetime, int, Callable[[datetime], UUID | None]]] = []
        self.order = count()

    def run(self, people: int) -> int:
        """Let it all happen; how many cases there are."""
        wanted = min(MOST, max(FEWEST, people // PER_CASE))
        for service, applicant, window, since in self._wishes(wanted):
            on = self.until - timedelta(days=self.rng.randint(1, since))
            while not self.calendar.works(on):
                on -= timedelta(days=1)
            self._later(on, lambda at, s=service, a=applicant, w=window: self._receive(s, a, w, at))  # type: ignore[misc]
        made = set()
        with transaction.atomic():
            while self.queue:
                at, _, act = heapq.heappop(self.queue)
                if case := act(at):
                    made.add(case)
        return len(made)

    def _wishes(self, wanted: int) -> Iterator[tuple[Service, UUID | None, Acting, int]]:
        everybody = registry.people(self.scope).filter(died_on=None, area__isnull=False)
        adults = list(everybody.filter(birth_on__lt=date(self.until.year - 22, 1, 1)).order_by("id"))
        small = everybody.filter(birth_on__gt=date(self.until.year - 3, 1, 1), mother__isnull=False)
        mothers = {each.id: each for each in everybody.filter(id__in=small.values("mother"))}
        parents = [mothers[who] for who in sorted(mothers)] or adults
        windows = {each.area: each for each in self.officers.values() if each.role == "window_clerk"}
        workers = {each.area: each for each in self.officers.values() if each.role == "village_worker"}
        of_parents, of_adults = _by_township(parents), _by_township(adults)
        for township in sorted(of_adults):
            who = self.rng.choice(of_parents.get(township) or of_adults[township])
            yield services().one(USUAL, self.until), who.id, windows[township], FRESH
        asked = self.rng.choices(list(SERVICES), weights=list(SERVICES.values()), k=wanted)
        for id_ in asked:
            service = services().one(id_, self.until)
            who = self.rng.choice(parents if id_ in (USUAL, "birth_registration") else adults)
            if id_ == "contraceptive_supplies":
                yield service, None, workers[who.home], 7 * WEEKS
            elif id_ == "complaint":
                yield service, None, windows[who.home[:6]], 7 * WEEKS
            else:
                yield service, who.id, windows[who.home[:9]], 7 * WEEKS

    # ---- what happens ----

    def _receive(self, service: Service, applicant: UUID | None, window: Acting, at: datetime) -> UUID | None:
        asked = sorted(lacking(service, ()))
        missing = bool(asked) and service.limit is not None and self.rng.random() < INCOMPLETE
        try:
            case, _ = actions.open_case(
                service=service.id,
                applicant=applicant,
                documents=asked[: -1 if missing else None],
                channel=Channel.COUNTER,
                words=WORDS if service.id == "complaint" else "",
                by=window,
                at=at,
            )
        except Problem:
            return None  # applied for it already
        self._next(case, at)
        return case

    def _next(self, case: UUID, at: datetime) -> None:
        """Plan what follows from where the case stands."""
        story = told([case])[case]
        stage = story.stage
        if story.phase is Phase.INCOMPLETE:
            self._later(at.date() + timedelta(days=self.rng.randint(1, 9)), lambda then: self._bring(case, then), at)
        elif stage is not None and stage.step == RECEPTION:
            self._later(at.date() + timedelta(days=self.rng.randint(0, 2)), lambda then: self._answer(case, then), at)
        elif stage is not None and stage.step == DELIVERY:
            self._later(at.date() + timedelta(days=self.rng.randint(1, 5)), lambda then: self._deliver(case, then), at)
        elif stage is not None and story.step is not None and stage.desk is not None:
            if story.service.handling is Handling.INSTANT:
                self._at(at + timedelta(minutes=self.rng.randint(4, 25)), lambda then: self._decide(case, then))
                return
            hangs = hangs_until(story.step, stage.since, self.calendar)
            limit = self.calendar.between(stage.since, stage.due.on)
            used = (
                limit + self.rng.randint(1, 6) if self.rng.random() < LATE else self.rng.randint(1, max(1, limit - 1))
            )
            on = self.calendar.after(stage.since, used)
            self._later(max(on, hangs + timedelta(days=1)) if hangs else on, lambda then: self._decide(case, then), at)

    def _bring(self, case: UUID, at: datetime) -> UUID | None:
        story = told([case])[case]
        actions.bring_documents(case=case, documents=story.missing, by=self._owner(story), at=at)
        self._next(case, at)
        return None

    def _answer(self, case: UUID, at: datetime) -> UUID | None:
        story = told([case])[case]
        window = self._owner(story)
        if lacking(story.service, story.brought):
            actions.tell_missing(case=case, by=window, at=at)
        else:
            actions.accept_case(case=case, by=window, at=at)
        self._next(case, at)
        return None

    def _decide(self, case: UUID, at: datetime) -> UUID | None:
        story = told([case])[case]
        stage = story.stage
        if stage is None or stage.desk is None:
            return None
        if story.service.limit is not None and self.rng.random() < WITHDRAWN:
            actions.withdraw_case(case=case, by=self._owner(story), at=at)
            return None
        outcomes = open_outcomes(story.service, story.taken)
        onward = [each for each in outcomes if each.times is None]
        chosen = onward[-1] if len(onward) > 1 and self.rng.random() < REFUSED else onward[0]
        by = self.officers[str(stage.desk)]
        if story.step is not None and by.officer in barred(story, story.step):
            by = self.deputies[str(stage.desk)]
        actions.decide_step(case=case, outcome=chosen.id, reason=REFUSAL if chosen.end else "", by=by, at=at)
        self._next(case, at)
        return None

    def _deliver(self, case: UUID, at: datetime) -> UUID | None:
        story = told([case])[case]
        actions.deliver_result(case=case, channel=Channel.COUNTER, by=self._owner(story), at=at)
        if self.rng.random() < RATED:
            self._later(at.date() + timedelta(days=self.rng.randint(0, 4)), lambda then: self._rate(case, then), at)
        return None

    def _rate(self, case: UUID, at: datetime) -> UUID | None:
        """Most are content; whoever is not says so too."""
        score = self.rng.choices((5, 4, 3, 2, 1), weights=(58, 27, 9, 4, 2))[0]
        by = visitor(told([case])[case].area, at)
        actions.rate_service(case=case, score=score, payment_asked=False, by=by, at=at)
        return None

    # ---- when and who ----

    def _owner(self, story: Story) -> Acting:
        return self.officers[str(story.owner)]

    def _working_day(self, on: date) -> date:
        return on if self.calendar.works(on) else self.calendar.after(on, 1)

    def _later(self, on: date, act: Callable[[datetime], UUID | None], after: datetime | None = None) -> None:
        """At some hour of that day or, if nobody works then, of the next working day, and after what came before; never
        once the demo has begun."""
        day = self._working_day(on)
        if day < self.until:
            at = datetime.combine(day, time(8, 30), self.zone) + timedelta(seconds=int(self.rng.random() * 8 * 3600))
            self._at(max(at, after + timedelta(minutes=self.rng.randint(1, 50))) if after else at, act)

    def _at(self, at: datetime, act: Callable[[datetime], UUID | None]) -> None:
        heapq.heappush(self.queue, (at, next(self.order), act))


def _by_township(people: Sequence[Person]) -> Mapping[str, list[Person]]:
    found: defaultdict[str, list[Person]] = defaultdict(list)
    for who in people:
        found[who.home[:9]].append(who)
    return found
