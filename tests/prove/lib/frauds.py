"""The first ten frauds of S-11, as somebody at the window would try them; each with an honest twin that goes through.

A fraud says how it ended: the problem by which it was blocked, or where it is flagged. One that succeeds raises Unseen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from jiahe.basis.problem import Problem
from jiahe.journal import fsck
from jiahe.registry import actions as registry
from jiahe.registry.actions import Document
from jiahe.registry.facts import IdentityKind, Sex
from jiahe.window import actions, queries
from jiahe.window.facts import Relation
from jiahe.window.models import Case
from jiahe.window.rules.story import Phase
from tests.lib.counter import MONDAY, NUMBER, VILLAGE, Counter, day

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
Try = Callable[[Counter], str]


class Unseen(AssertionError):
    """A fraud went through and nobody would notice."""


@dataclass(frozen=True)
class Fraud:
    """What somebody tries, and the honest deed beside it."""

    tried: Try
    honest: Try


def blocked(deed: Callable[[], object]) -> str:
    """The code of the problem that stops a deed. Raises Unseen if nothing does."""
    try:
        with transaction.atomic():
            deed()
    except (Problem, DatabaseError) as trouble:
        return f"blocked: {trouble.code}" if isinstance(trouble, Problem) else "blocked: the database refuses"
    raise Unseen("it was taken")


def went(deed: Callable[[], object]) -> str:
    """That an honest deed goes through. Raises what stops it."""
    deed()
    return "goes through"


def _wife(counter: Counter) -> UUID:
    """The window clerk is 欧阳明 by the register, and married to 司徒静."""
    husband, wife = counter.people["欧阳明"], counter.people["司徒静"]
    registry.register_marriage(person=husband, on=MONDAY, spouse=wife, by=counter.by, at=day(MONDAY, 1))
    actions.declare_interest(person=husband, relation=Relation.MYSELF, by=counter.acting("window"), at=day(MONDAY, 1))
    return wife


def _own_wife(counter: Counter) -> str:
    wife = _wife(counter)
    return blocked(lambda: counter.open(applicant=wife))


def _somebody_elses_wife(counter: Counter) -> str:
    wife = _wife(counter)
    return went(lambda: counter.open(applicant=wife, who="clerk"))


def _one_person_as_two(counter: Counter) -> str:
    return blocked(
        lambda: registry.register_person(
            name="欧阳名",
            sex=Sex.MALE,
            birth_on=MONDAY.replace(year=1990, month=1, day=1),
            document=Document(IdentityKind.RESIDENT_ID, NUMBER),
            area=VILLAGE,
            since=MONDAY,
            by=counter.acting("window"),
            at=day(MONDAY),
        )
    )


def _twice_for_one_thing(counter: Counter) -> str:
    counter.open()
    return blocked(lambda: counter.open(who="worker", on=TUESDAY))


def _two_people(counter: Counter) -> str:
    counter.open()
    return went(lambda: counter.open(applicant=counter.people["司徒静"], on=TUESDAY))


def _dated_back(counter: Counter) -> str:
    """He keeps a case lying and records on Wednesday that it came and was accepted on Wednesday: the receipt tells."""
    case = counter.accepted(on=WEDNESDAY)
    given = set(actions.open_case.__annotations__) | set(actions.accept_case.__annotations__)
    if given & {"on", "opened_on", "accepted_on", "received_on"} or counter.story(case).opened_on != WEDNESDAY:
        raise Unseen("a day can be said")
    return "blocked: no verb takes a day; all follow from the instant of recording"


def _alone(counter: Counter) -> str:
    case = counter.open(who="counter")
    actions.accept_case(case=case, by=counter.acting("counter"), at=day(MONDAY))
    counter.decide(case, "does_not_meet", on=TUESDAY)
    return blocked(lambda: counter.decide(case, "refused", on=WEDNESDAY, who="counter", reason="x"))


def _by_two(counter: Counter) -> str:
    case = counter.open(who="counter")
    actions.accept_case(case=case, by=counter.acting("counter"), at=day(MONDAY))
    counter.decide(case, "does_not_meet", on=TUESDAY)
    return went(lambda: counter.decide(case, "refused", on=WEDNESDAY, who="manager", reason="x"))


def _without_notice(counter: Counter) -> str:
    case = counter.accepted()
    counter.decide(case, "meets", on=TUESDAY)
    return blocked(lambda: counter.decide(case, "no_objection", on=WEDNESDAY))


def _step_skipped(counter: Counter) -> str:
    case = counter.accepted()
    return blocked(lambda: counter.decide(case, "granted", on=TUESDAY))


def _after_the_notice(counter: Counter) -> str:
    case = counter.accepted()
    counter.decide(case, "meets", on=TUESDAY)
    return went(lambda: counter.decide(case, "no_objection", on=MONDAY + timedelta(days=9)))


def _anothers_queue(counter: Counter) -> str:
    case = counter.accepted()
    desk = counter.story(case).stages[-1].desk
    other = next(name for name in ("clerk", "other_clerk") if counter.posts[name] != desk)
    by = counter.acting(other, TUESDAY)
    return blocked(lambda: actions.decide_step(case=case, outcome="meets", by=by, at=day(TUESDAY)))


def _own_queue(counter: Counter) -> str:
    case = counter.accepted()
    return went(lambda: counter.decide(case, "meets", on=TUESDAY))


def _lateness_passed_on(counter: Counter) -> str:
    case = counter.accepted()
    held = counter.story(case).stages[-1].desk
    late = MONDAY + timedelta(days=11)
    other = next(post for name, post in counter.posts.items() if "clerk" in name and post != held)
    manager = counter.acting("manager", late)
    actions.give_desks(cases=[case], post=other, reason="x", by=manager, at=day(late))
    answers = [row.answers for row in queries.late_stages(manager.scope, on=late)]
    if answers != [held]:
        raise Unseen(f"answers: {answers}")
    return "flagged: the post that held it when it fell due still answers"


def _recusal_lifted(counter: Counter) -> str:
    clerk = counter.acting("clerk")
    said = actions.declare_interest(person=counter.people["欧阳明"], relation=Relation.KIN, by=clerk, at=day(MONDAY))
    return blocked(lambda: actions.end_interest(interest=said.id, reason="x", by=clerk, at=day(MONDAY)))


def _recusal_lifted_by_another(counter: Counter) -> str:
    said = actions.declare_interest(
        person=counter.people["欧阳明"], relation=Relation.KIN, by=counter.acting("clerk"), at=day(MONDAY)
    )
    manager = counter.acting("manager")
    return went(lambda: actions.end_interest(interest=said.id, reason="x", by=manager, at=day(MONDAY)))


def _edited_afterwards(counter: Counter) -> str:
    """After the refusal he writes "granted" into the table, and tries the journal too."""
    case = counter.accepted()
    counter.decide(case, "does_not_meet", on=TUESDAY)
    counter.decide(case, "refused", on=WEDNESDAY, who="manager", reason="x")

    def in_the_journal() -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE journal_entry SET officer = 'nobody' WHERE kind = 'window.StepDecided@1'")

    said = blocked(in_the_journal)
    Case.objects.filter(id=case).update(end="granted")
    found = [finding for finding in fsck.findings() if "window_case" in finding]
    if not found:
        raise Unseen("fsck says nothing")
    return f"{said}; the table flagged by fsck"


def _decided_anew(counter: Counter) -> str:
    case = counter.accepted()
    counter.decide(case, "does_not_meet", on=TUESDAY)
    counter.decide(case, "refused", on=WEDNESDAY, who="manager", reason="x")
    assert counter.story(case).phase is Phase.DECIDED
    return went(lambda: list(fsck.findings()))


FRAUDS = {
    "one's own wife": Fraud(_own_wife, _somebody_elses_wife),
    "one person as two": Fraud(_one_person_as_two, _two_people),
    "twice for one thing": Fraud(_twice_for_one_thing, _two_people),
    "dated back": Fraud(_dated_back, _own_queue),
    "accepted and decided alone": Fraud(_alone, _by_two),
    "without the public notice": Fraud(_without_notice, _after_the_notice),
    "a step skipped": Fraud(_step_skipped, _own_queue),
    "out of another's queue": Fraud(_anothers_queue, _own_queue),
    "lateness passed on": Fraud(_lateness_passed_on, _own_queue),
    "one's own recusal lifted": Fraud(_recusal_lifted, _recusal_lifted_by_another),
    "edited after the decision": Fraud(_edited_afterwards, _decided_anew),
}
