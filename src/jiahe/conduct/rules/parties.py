"""Who has a say in a record, and who has none: nobody is judge in his own cause, and nobody twice in another's."""

from __future__ import annotations

from dataclasses import dataclass

from jiahe.conduct.rules.climbing import Leaders, above, ladder


@dataclass(frozen=True, slots=True)
class Seat:
    """An officer in a post; `leads`: it leads the office of its area; `top`: nobody in the house leads above it."""

    officer: str
    post: str
    role: str
    area: str
    leads: bool
    top: bool


@dataclass(frozen=True, slots=True)
class Concerned:
    """The post that answers for a stage, and the officers who may have caused it: who sat there when it fell due, who
    sits there now, who finished the stage, who explained it. `top`: nobody in the house leads above it."""

    post: str
    role: str
    area: str
    officers: frozenset[str]
    top: bool = False


def seat(officer: str, post: str, role: str, area: str, leaders: Leaders) -> Seat:
    """Who acts, with what his role makes of him there.

    >>> seat("He", "p3", "county_manager", "411723", {("county_manager", 6)})
    Seat(officer='He', post='p3', role='county_manager', area='411723', leads=True, top=True)
    """
    return Seat(officer, post, role, area, (role, len(area)) in leaders, not ladder(role, area, leaders))


def may_speak(who: Seat, concerned: Concerned) -> bool:
    """Whether he explains and appeals: he acts in the post, as its holder or his deputy."""
    return who.post == concerned.post


def may_judge(who: Seat, concerned: Concerned) -> bool:
    """Whether he is a superior of the post who has no part in it himself, in whatever post he acts now; of the highest
    post, above which nobody leads, he who leads nothing but may judge: the auditor.

    >>> late = Concerned("p1", "village_worker", "411723101201", frozenset({"Wu"}))
    >>> clerk = Seat("Li", "p2", "township_clerk", "411723101", leads=True, top=False)
    >>> may_judge(clerk, late), may_judge(Seat("Wu", "p2", "township_clerk", "411723101", leads=True, top=False), late)
    (True, False)
    >>> head = Concerned("p3", "county_manager", "411723", frozenset({"He"}), top=True)
    >>> auditor = Seat("Qi", "p4", "auditor", "411723", leads=False, top=False)
    >>> may_judge(auditor, head), may_judge(auditor, late)
    (True, False)
    """
    if who.post == concerned.post or who.officer in concerned.officers:
        return False
    if who.leads:
        return above(who.role, who.area, concerned.role, concerned.area)
    return concerned.top and concerned.area.startswith(who.area)


def may_review(who: Seat, concerned: Concerned, judge: Seat) -> bool:
    """Whether he decides an appeal against what `judge` found: a superior of the judge's post. Where that is the
    highest, the auditor; where an auditor judged, another one.

    >>> late = Concerned("p1", "village_worker", "411723101201", frozenset({"Wu"}))
    >>> clerk = Seat("Li", "p2", "township_clerk", "411723101", leads=True, top=False)
    >>> manager = Seat("He", "p3", "county_manager", "411723", leads=True, top=True)
    >>> auditor = Seat("Qi", "p4", "auditor", "411723", leads=False, top=False)
    >>> [may_review(who, late, clerk) for who in (clerk, manager, auditor)]
    [False, True, False]
    >>> [may_review(who, late, manager) for who in (clerk, manager, auditor)]
    [False, False, True]
    """
    if who.post in (concerned.post, judge.post) or who.officer in concerned.officers | {judge.officer}:
        return False
    if who.leads:
        return judge.leads and above(who.role, who.area, judge.role, judge.area)
    return (judge.top or not judge.leads) and concerned.area.startswith(who.area)
