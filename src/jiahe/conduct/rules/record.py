"""What was made of a late stage, as those say who had a say: the same, whatever order it came in.

Heard in the order of the stamps. What could not be when it was said (two superiors who did not see each other) changes
nothing and is named in `vain`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from jiahe.conduct.facts import Finding, Ruling
from jiahe.conduct.rules.limits import APPEAL_WITHIN, HEARD_WITHIN
from jiahe.window.rules.calendar import Calendar


class What(StrEnum):
    """What somebody did with a late stage."""

    EXPLAINED = "explained"
    JUDGED = "judged"
    APPEALED = "appealed"
    DECIDED = "decided"


class State(StrEnum):
    """How far it has come."""

    OPEN = "open"
    EXPLAINED = "explained"
    JUDGED = "judged"
    APPEALED = "appealed"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Heard:
    """Something that was said: by whom, on which day; `how` is a Finding or a Ruling, or empty."""

    entry: UUID
    what: What
    how: str
    officer: str
    post: str
    on: date


@dataclass(frozen=True, slots=True)
class Upshot:
    """What all of it comes to. `finding` is what holds, after an appeal if there was one."""

    explained: tuple[Heard, ...] = ()
    judged: Heard | None = None
    appealed: Heard | None = None
    decided: Heard | None = None
    vain: tuple[UUID, ...] = ()

    @property
    def finding(self) -> Finding | None:
        """Whether the post answers for it, as far as anybody has said."""
        if self.decided is not None and self.decided.how == Ruling.CHANGED:
            return Finding.EXCUSED
        return Finding(self.judged.how) if self.judged is not None else None


def tell(said: Iterable[Heard], calendar: Calendar) -> Upshot:
    """What all that was said comes to; `said` in the order of the stamps."""
    explained: list[Heard] = []
    vain: list[UUID] = []
    judged: Heard | None = None
    appealed: Heard | None = None
    decided: Heard | None = None
    for each in said:
        match each.what:
            case What.EXPLAINED if judged is None:
                explained.append(each)
            case What.JUDGED if judged is None:
                judged = each
            case What.APPEALED if judged is not None and appealed is None and _in_time(judged, each.on, calendar):
                appealed = each
            case What.DECIDED if judged and appealed and decided is None and each.officer != judged.officer:
                decided = each
            case _:
                vain.append(each.entry)
    return Upshot(tuple(explained), judged, appealed, decided, tuple(vain))


def state(upshot: Upshot, on: date, calendar: Calendar) -> State:
    """How far it has come on the day: an excuse is final at once, a finding when nobody appealed in time."""
    if upshot.decided is not None:
        return State.FINAL
    if upshot.appealed is not None:
        return State.APPEALED
    if upshot.judged is not None:
        return State.JUDGED if _in_time(upshot.judged, on, calendar) else State.FINAL
    return State.EXPLAINED if upshot.explained else State.OPEN


def appeal_until(judged_on: date, calendar: Calendar) -> date:
    """The last day for an appeal. The day of the judgement does not count, and a last day that is not worked gives way
    to the next that is (Civil Code, articles 201 and 203).

    >>> from jiahe.window.rules.calendar import statutory
    >>> appeal_until(date(2026, 3, 16), statutory()), appeal_until(date(2026, 3, 20), statutory())
    (datetime.date(2026, 3, 31), datetime.date(2026, 4, 7))
    """
    last = judged_on + timedelta(days=APPEAL_WITHIN)
    return last if calendar.works(last) else calendar.after(last, 1)


def heard_until(due_on: date, calendar: Calendar) -> date:
    """The last day of those that the post has to explain before it can be found responsible unheard.

    >>> from jiahe.window.rules.calendar import statutory
    >>> heard_until(date(2026, 3, 10), statutory())
    datetime.date(2026, 3, 17)
    """
    return calendar.after(due_on, HEARD_WITHIN)


def _in_time(judged: Heard, on: date, calendar: Calendar) -> bool:
    return judged.how == Finding.UPHELD and on <= appeal_until(judged.on, calendar)
