# SPDX-License-Identifier: AGPL-3.0-or-later
"""P-03 at the window: clerks with time to think receive, accept and decide cases over HTTP, beside many open ones.

A clerk of the window looks at his list, receives somebody, looks at the case, prints the receipt and accepts; a clerk
of the township looks at his list, opens a case and decides its first step. Every page and every form is timed. At the
end what is on record must be what was answered.
"""

from __future__ import annotations

import argparse
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from benchmarks.lib.measuring import Figure, percentile, spread

summary = "P-03: clerks at the window, from received to decided, beside many open cases"
READS, WRITES = {0.5: 50, 0.95: 150, 0.99: 300}, {0.5: 100, 0.95: 300, 0.99: 500}
TOWNSHIP = "411723101"
PORTION = 600
CASE = re.compile(r'href="(/window/cases/[0-9a-f-]+/)"')


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--people", type=int, default=20_000, help="size of the county (promised at 100,000)")
    parser.add_argument("--cases", type=int, default=5_000, help="open cases (promised at 50,000)")
    parser.add_argument("--clerks", type=int, default=200)
    parser.add_argument("--think", type=float, default=20.0, help="seconds between two steps of one clerk, on average")
    parser.add_argument("--seconds", type=float, default=90)


def run(args: argparse.Namespace) -> Iterator[Figure]:
    """Load, let them work, compare."""
    from benchmarks.lib import clerks, homes

    if args.quick:
        args.people, args.cases, args.clerks, args.think, args.seconds = 2_000, 20, 4, 0.4, 3
    homes.prepare(args.people)
    yield Figure("open cases put on record", _open_cases(args.cases), "/s")
    applicants = _applicants()
    with clerks.server() as port:
        office = Office(port, args.think, applicants)
        office.work(args.clerks, args.seconds)
    if office.trouble:
        raise RuntimeError(f"{sum(office.trouble.values())} requests failed: {office.trouble.most_common(3)}")
    yield Figure("clerks", args.clerks)
    yield Figure("requests", (len(office.reads) + len(office.writes)) / args.seconds, "/s")
    yield from spread("pages", office.reads, READS, "P-03")
    yield from spread("forms", office.writes, WRITES, "P-03")
    yield Figure("  the work list p95", percentile(office.lists, 0.95) * 1000, "ms")
    yield Figure("forms taken", office.done)
    yield Figure("forms refused, since a colleague had done it", office.faster)
    yield Figure("forms answered and not on record", office.done - _on_record(office.began), "", "P-03", most=0)


class Office:
    """Those at work, and how long each answer took."""

    def __init__(self, port: int, think: float, applicants: list[UUID]) -> None:
        self.port, self.think = port, think
        self.applicants = iter(applicants)
        self.guard = threading.Lock()
        self.reads: list[float] = []
        self.writes: list[float] = []
        self.lists: list[float] = []
        self.trouble: Counter[str] = Counter()
        self.done = self.faster = 0
        self.began = 0

    def work(self, how_many: int, seconds: float) -> None:
        """Let them work for so long."""
        from benchmarks.lib import clerks
        from jiahe.journal.queries import head

        crew = []
        for username in ("window", "township"):
            first = clerks.Clerk(self.port)
            first.log_in(username)
            crew += [clerks.Clerk(self.port, first.cookies) for _ in range(-(-how_many // 2))]
        self.began = head().size
        end = time.perf_counter() + seconds
        with ThreadPoolExecutor(len(crew)) as pool:
            half = len(crew) // 2
            jobs = [
                pool.submit(self._clerk, n, clerk, self._receive if n < half else self._review, end)
                for n, clerk in enumerate(crew)
            ]
        for job in jobs:
            job.result()

    def _clerk(self, number: int, clerk, turn, end: float) -> None:
        rng = random.Random(number)
        time.sleep(rng.uniform(0, self.think))
        while time.perf_counter() < end:
            turn(clerk, rng)

    def _receive(self, clerk, rng: random.Random) -> None:
        self._look(clerk, "/window/", rng, list_=True)
        with self.guard:
            applicant = next(self.applicants, None)
        if applicant is None:
            self.trouble["nobody is left who could apply"] += 1
            return
        papers = {"documents": ["identity_card", "bank_account"]}
        form = {"applicant_text": "", "applicant": str(applicant), "channel": "counter", **papers}
        case = self._send(clerk, "/window/new/childcare_subsidy/", form, rng)
        if case:
            self._look(clerk, case, rng)
            self._look(clerk, f"{case}receipt/", rng)
            self._send(clerk, f"{case}accept/", {}, rng)

    def _review(self, clerk, rng: random.Random) -> None:
        page = self._look(clerk, "/window/", rng, list_=True)
        cases = CASE.findall(page)
        if cases:
            case = rng.choice(cases)
            self._look(clerk, case, rng)
            self._send(clerk, f"{case}decide/", {"outcome": "does_not_meet", "reason": ""}, rng)

    def _look(self, clerk, path: str, rng: random.Random, *, list_: bool = False) -> str:
        began = time.perf_counter()
        status, page = clerk.get(path)
        took = time.perf_counter() - began
        self.reads.append(took)
        if list_:
            self.lists.append(took)
        if status != 200 and not (status in (303, 404) and "/cases/" in path):
            self.trouble[f"GET {path[:20]} {status}"] += 1
        time.sleep(rng.uniform(0.5, 1.5) * self.think)
        return page if status == 200 else ""

    def _send(self, clerk, path: str, form, rng: random.Random) -> str:
        began = time.perf_counter()
        status, where = clerk.post(path, {"_once": str(uuid4()), **form})
        self.writes.append(time.perf_counter() - began)
        with self.guard:
            self.done += status == 303
            self.faster += status in (404, 409, 422)
        if status not in (303, 404, 409, 422):
            self.trouble[f"POST {path[:20]} {status}"] += 1
        time.sleep(rng.uniform(0.5, 1.5) * self.think)
        return where if status == 303 else ""


def _open_cases(how_many: int) -> float:
    """Put accepted cases on the desks of all townships; so many per second."""
    from jiahe.basis.ids import new_id
    from jiahe.journal.recording import record_all
    from jiahe.journal.values import Draft
    from jiahe.node.clock import now
    from jiahe.registry.models import Person
    from jiahe.staff.models import Post
    from jiahe.staff.scope import founding
    from jiahe.window import facts
    from jiahe.window.facts import Channel
    from jiahe.window.rules.receipts import number

    at = now()
    by, rng = founding("", at), random.Random(3)
    desks = dict(Post.objects.filter(role="township_clerk").values_list("area", "id"))
    people = list(
        Person.objects.filter(area__isnull=False).exclude(home__startswith=TOWNSHIP).values_list("id", "home")
    )
    people += list(Person.objects.filter(home__startswith=TOWNSHIP, birth_on__year__lt=1960).values_list("id", "home"))
    began, drafts = time.perf_counter(), []
    for n in range(how_many):
        who, home = people[rng.randrange(len(people))]
        when: datetime = at - timedelta(days=rng.randrange(1, 12), seconds=rng.randrange(20_000))
        case = new_id(when)
        opened = facts.CaseOpened(
            case, number(when.year, rng.getrandbits(36)), "", "childcare_subsidy", 1, who, Channel.COUNTER,
            ("identity_card", "bank_account"), None, "",
        )  # fmt: skip
        given = facts.DeskGiven(case, "first_review", desks[home[:9]])
        drafts += [Draft(fact, by, when, home, who) for fact in (opened, facts.CaseAccepted(case, None), given)]
        if len(drafts) >= PORTION or n == how_many - 1:
            record_all(drafts)
            drafts = []
    return how_many / (time.perf_counter() - began)


def _applicants() -> list[UUID]:
    """Who may apply at the window of the demo's township and has not."""
    from datetime import date

    from jiahe.registry.models import Person
    from jiahe.window.models import Case

    adults = Person.objects.filter(home__startswith=TOWNSHIP, area__isnull=False, died_on=None, merged_into=None)
    free = adults.filter(birth_on__lt=date(2005, 1, 1), birth_on__gte=date(1960, 1, 1))
    return list(
        free.exclude(id__in=Case.objects.exclude(applicant=None).values("applicant")).values_list("id", flat=True)
    )


def _on_record(since: int) -> int:
    """How many acts of clerks are on record: each form makes one entry that is no desk's."""
    from jiahe.journal.models import Entry

    return Entry.objects.filter(seq__gt=since, kind__startswith="window.").exclude(kind="window.DeskGiven@1").count()
