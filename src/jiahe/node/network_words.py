"""The network in the reader's words: how a node stands, what troubles whom, what was refused and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jiahe.basis.problem import N_, Problem
from jiahe.journal import problems as journal
from jiahe.network.facts import Level
from jiahe.network.status import Here, Neighbour, Refusal
from jiahe.node.network_troubles import ABOVE, TROUBLES, UNKNOWN, Words
from jiahe.ui.problems import in_words


class State(StrEnum):
    """How a node stands, seen from here."""

    WELL = "well"
    ON_WAY = "on_way"
    LOOK = "look"
    KNOWN = "known"
    REVOKED = "revoked"


STATES: Mapping[State, str] = {
    State.WELL: N_("well"),
    State.ON_WAY: N_("on its way"),
    State.LOOK: N_("look after"),
    State.KNOWN: N_("known"),
    State.REVOKED: N_("revoked"),
}
LEGEND: Mapping[State, str] = {
    State.WELL: N_("everything was taken over, on both sides"),
    State.ON_WAY: N_("something was not taken over yet, or not compared; nothing is wrong"),
    State.LOOK: N_("something is wrong; above it says what to do"),
    State.KNOWN: N_("no neighbour of this node: only its certificate is known here"),
    State.REVOKED: N_("nothing more is taken from it"),
}


_REFUSALS: Mapping[str, type[Problem]] = {
    problem.code: problem
    for problem in (
        journal.SealBroken,
        journal.NotApplicable,
        journal.UnknownOrigin,
        journal.Forked,
        journal.OriginRevoked,
        journal.EntryMissing,
    )
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """One trouble and everybody who has it, in the reader's language."""

    code: str
    what: str
    why: str
    now: str
    who: list[tuple[str, str, str]] = field(default_factory=list)
    """For each: its place, its name, and what more is to be said."""


def compares(neighbour: Neighbour, here: Here) -> bool:
    """Whether the two compare what they hold: to a city go sums, so there is nothing to compare."""
    return Level.CITY not in (neighbour.level, here.level)


def state_of(neighbour: Neighbour, here: Here) -> State:
    """Well is only who has nothing waiting anywhere and, where both compare, has held the same."""
    if not neighbour.well:
        return State.LOOK
    unproven = compares(neighbour, here) and neighbour.agreed_at is None
    waits = neighbour.lag or neighbour.records or neighbour.sought or neighbour.parked or unproven
    return State.ON_WAY if waits else State.WELL


def gathered(
    own: Sequence[tuple[str, str]],
    neighbours: Sequence[Neighbour],
    places: Mapping[str, str],
    version: str,
    today: date,
) -> list[Trouble]:
    """All troubles, the gravest first, those of this node (`own`: code, detail) before all others."""
    found: dict[tuple[str, bool], Trouble] = {}
    for code, detail in own:
        found[code, False] = _trouble(code, TROUBLES[code])
        if detail:
            found[code, False].who.append(("", "", detail))
    for each in neighbours:
        for code in each.troubles:
            words = (ABOVE.get(code) if each.above else None) or TROUBLES.get(code, UNKNOWN)
            key = code, each.above and code in ABOVE
            trouble = found.setdefault(key, _trouble(code, words))
            trouble.who.append((places[each.name], each.name, _detail(code, each, version, today)))
    order = list(TROUBLES)
    return sorted(found.values(), key=lambda one: order.index(one.code) if one.code in order else -1)


def refused(refusal: Refusal) -> tuple[str, str, str]:
    """What is wrong with something in quarantine, why, and what to do now."""
    problem = _REFUSALS.get(refusal.problem)
    if problem is None:
        return _("It was refused: {code}.").format(code=refusal.problem), "", ""
    said = in_words(problem(origin=refusal.origin, origin_seq=refusal.origin_seq))
    return said.what, said.why, said.now


def instant(at: datetime, today: date) -> str:
    """A moment of the county's clock; the day only if it is not today."""
    local = localtime(at)
    return date_format(local, "H:i:s" if local.date() == today else "Y-m-d H:i")


def skew(milliseconds: int) -> str:
    """By how much a clock is ahead or behind, in the unit that fits."""
    seconds = abs(milliseconds) / 1000
    if seconds < 1:
        return _("right")
    ahead = milliseconds > 0
    if seconds < 120:
        n = round(seconds)
        if ahead:
            return ngettext("{n} second ahead", "{n} seconds ahead", n).format(n=n)
        return ngettext("{n} second behind", "{n} seconds behind", n).format(n=n)
    n = round(seconds / 60)
    if ahead:
        return ngettext("{n} minute ahead", "{n} minutes ahead", n).format(n=n)
    return ngettext("{n} minute behind", "{n} minutes behind", n).format(n=n)


def _trouble(code: str, words: Words) -> Trouble:
    return Trouble(code, _(words.what), _(words.why), _(words.now))


def _detail(code: str, each: Neighbour, version: str, today: date) -> str:
    """What differs from one who has the trouble to the next. Moments, not ages: they stay true while one reads."""
    match code:
        case "expired" | "expiring":
            return _("until {day}").format(day=each.until.isoformat())
        case "silent" if each.heard_at:
            return _("last heard {moment}").format(moment=instant(each.heard_at, today))
        case "differs" if each.agreed_at:
            return _("last equal {moment}").format(moment=instant(each.agreed_at, today))
        case "differs":
            return _("never equal yet")
        case "refused":
            return ngettext("{n} entry", "{n} entries", each.refused).format(n=each.refused)
        case "refused_there":
            return ngettext("{n} entry", "{n} entries", each.quarantined).format(n=each.quarantined)
        case "forged":
            return ngettext("{n} message", "{n} messages", each.forged).format(n=each.forged)
        case "skewed":
            return skew(each.skew_ms)
        case "other_version":
            return _("version {its}, here {ours}").format(its=each.version, ours=version)
        case _ if code == each.alarm and each.alarm_at:
            return _("since {moment}").format(moment=instant(each.alarm_at, today))
    return ""
