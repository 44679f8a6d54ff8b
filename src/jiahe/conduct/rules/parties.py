"""Who has a say in a record, and who has none: nobody is judge in his own cause, and nobody twice in another's."""

from __future__ import annotations

from dataclasses import dataclass

from jiahe.conduct.rules.climbing import above
from jiahe.places.facts import Level
from jiahe.places.rules import LENGTHS
from jiahe.staff.scope import Acting

HEAD = LENGTHS[Level.COUNTY]
"""Above the office of an area with so long a code nobody in the house leads."""


@dataclass(frozen=True, slots=True)
class Seat:
    """An officer in a post; `leads`: the post leads the office of its area."""

    officer: str
    post: str
    role: str
    area: str
    leads: bool


@dataclass(frozen=True, slots=True)
class Concerned:
    """The post that answers for a stage, and the officers who may have caused it: who sat there when it fell due, who
    sits there now, who finished the stage, who explained it."""

    post: str
    role: str
    area: str
    officers: frozenset[str]


def seat(by: Acting, area: str) -> Seat:
    """Who acts, for a stage in that area. Who may judge there leads."""
    return Seat(by.officer, by.post, by.role, by.area, leads=by.may("conduct.LatenessJudged", area))


def may_speak(who: Seat, concerned: Concerned) -> bool:
    """Whether he explains and appeals: he acts in the post, as its holder or his deputy."""
    return who.post == concerned.post


def may_judge(who: Seat, concerned: Concerned) -> bool:
    """Whether he is a superior of the post who has no part in it himself, in whatever post he acts now.

    >>> late = Concerned("p1", "village_worker", "411723101201", frozenset({"Wu"}))
    >>> clerk = Seat("Li", "p2", "township_clerk", "411723101", True)
    >>> may_judge(clerk, late), may_judge(Seat("Wu", "p2", "township_clerk", "411723101", True), late)
    (True, False)
    """
    own = who.post == concerned.post or who.officer in concerned.officers
    return who.leads and not own and above(who.role, who.area, concerned.role, concerned.area)


def may_review(who: Seat, concerned: Concerned, judge: Seat) -> bool:
    """Whether he decides an appeal against what `judge` found: a superior of the judge's post; where that is the
    highest, who leads nothing but may decide: the auditor.

    >>> late = Concerned("p1", "village_worker", "411723101201", frozenset({"Wu"}))
    >>> clerk = Seat("Li", "p2", "township_clerk", "411723101", True)
    >>> manager = Seat("He", "p3", "county_manager", "411723", True)
    >>> auditor = Seat("Qi", "p4", "auditor", "411723", False)
    >>> [may_review(who, late, clerk) for who in (clerk, manager, auditor)]
    [False, True, False]
    >>> [may_review(who, late, manager) for who in (clerk, manager, auditor)]
    [False, False, True]
    """
    if who.post in (concerned.post, judge.post) or who.officer in concerned.officers | {judge.officer}:
        return False
    if who.leads:
        return above(who.role, who.area, judge.role, judge.area)
    return len(judge.area) <= HEAD and concerned.area.startswith(who.area)
