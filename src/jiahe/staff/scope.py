"""`Scope` (what may be read) and `Acting` (what may be done, by whom, where): values only this room can make.

A query that wants a `Scope` and an action that wants an `Acting` cannot be called by somebody who has none: forgetting
to ask is a type error, not a leak. Both carry a seal that only this module knows; `dataclasses.replace` cannot copy it.
"""

from __future__ import annotations

from dataclasses import InitVar, dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from jiahe.basis.areas import lies_in, within
from jiahe.basis.languages import Text
from jiahe.basis.privacy import Privacy

if TYPE_CHECKING:
    from jiahe.staff.definitions import Role
    from jiahe.staff.rules import Daily, Holding

_SEAL = object()
FOUNDING = "founding"
"""Officer and post of what a set-up command records before there is any officer."""
VISITOR = "visitor"
"""Officer and post of what somebody without an account says of himself: he came with a receipt, or to complain."""
VISITOR_RECORDS = (
    "window.CaseOpened",
    "window.CaseWithdrawn",
    "window.ServiceRated",
    "window.TicketTaken",
    "window.TicketCancelled",
)
"""All that a visitor may record."""


class Forged(TypeError):
    """Somebody outside the staff room tried to make a Scope or an Acting. A bug or an attack, never a Problem."""


def _check(seal: object) -> None:
    if seal is not _SEAL:
        raise Forged("only jiahe.staff gives out Scope and Acting")


@dataclass(frozen=True, slots=True)
class Scope:
    """Which areas, and which classes of fields in full, the holder of `post` may read.

    `area` is a code of the map of the day `on`: when the map is redrawn, a scope of the next day has the new code.
    `cares` says whether the post cares for everybody in its area; if not, opening a record always needs a reason.
    """

    officer: str
    post: str
    area: str
    fields: frozenset[Privacy]
    seal: InitVar[object]
    on: date = field(default=date.max, kw_only=True)
    cares: bool = field(default=False, kw_only=True)

    def __post_init__(self, seal: object) -> None:
        """Raises Forged without the seal."""
        _check(seal)

    @property
    def range(self) -> tuple[str, str]:
        """The half-open text range of the area codes in scope, for `area__gte` and `area__lt`."""
        return within(self.area)

    def covers(self, code: str) -> bool:
        """Whether area `code` is the post's area or lies in it."""
        return lies_in(code, self.area)

    def sees(self, privacy: Privacy) -> bool:
        """Whether fields of this class are shown in full; otherwise they are masked or left out."""
        return privacy in self.fields


@dataclass(frozen=True, slots=True)
class Acting:
    """An officer acting in one of his posts: the Author of what is recorded, and the source of a Scope.

    `cares`: the post cares for everybody in its area; without it, opening a record always needs a written reason.
    `daily`: how many rows of people the post may see and export in a day (`budget.spend`); None for set-up commands.
    """

    officer: str
    post: str
    role: str
    area: str
    title: Text
    name: str
    deputising: bool
    records: tuple[str, ...]
    pages: frozenset[str]
    fields: frozenset[Privacy]
    seal: InitVar[object]
    on: date = field(default=date.max, kw_only=True)
    cares: bool = field(default=False, kw_only=True)
    daily: Daily | None = field(default=None, kw_only=True)

    def __post_init__(self, seal: object) -> None:
        """Raises Forged without the seal."""
        _check(seal)

    def may(self, kind: str, area: str) -> bool:
        """Whether this post may record facts of `kind` ("registry.Died", no version) in `area`."""
        return lies_in(area, self.area) and any(matches(pattern, kind) for pattern in self.records)

    def reads(self, page: str) -> bool:
        """Whether the role opens pages with this key ("registry.people")."""
        return page in self.pages

    @property
    def scope(self) -> Scope:
        """What this post may read."""
        return Scope(self.officer, self.post, self.area, self.fields, seal=_SEAL, on=self.on, cares=self.cares)


def matches(pattern: str, kind: str) -> bool:
    """Whether a role's `records` pattern names this kind of fact: exactly, all of a room ("places.*"), or all ("*").

    >>> matches("registry.Born", "registry.Born"), matches("places.*", "places.AreaOpened"), matches("*", "a.B")
    (True, True, True)
    >>> matches("registry.Born", "registry.BornTwice"), matches("place.*", "places.AreaOpened")
    (False, False)
    """
    if pattern == "*":
        return True
    return kind.startswith(pattern[:-1]) if pattern.endswith(".*") else kind == pattern


def admit(holding: Holding, role: Role) -> Acting:
    """The Acting of somebody who holds, or deputises in, a post. Called by `session.py` alone (a house test looks)."""
    return Acting(
        officer=str(holding.officer),
        post=str(holding.post),
        role=role.id,
        area=holding.area,
        title=holding.title,
        name=holding.name,
        deputising=holding.deputising,
        records=role.records,
        pages=role.reads,
        fields=role.fields,
        seal=_SEAL,
        on=holding.on,
        cares=role.care,
        daily=role.daily,
    )


def founding(area: str, at: datetime) -> Acting:
    """The Acting of a set-up command: records and reads everything in `area`. For commands only, never a request.

    `at` is the instant of the set-up; it makes the post's id, so two set-ups can be told apart in the journal.
    """
    return Acting(
        officer=FOUNDING,
        post=f"{FOUNDING}:{at:%Y-%m-%dT%H:%M:%SZ}",
        role=FOUNDING,
        area=area,
        title=Text("Set-up", "初始設定", "初始设定"),
        name="",
        deputising=False,
        records=("*",),
        pages=frozenset(),
        fields=frozenset(Privacy),
        seal=_SEAL,
        on=timezone.localtime(at).date(),
    )


def visitor(area: str, at: datetime) -> Acting:
    """The Acting of somebody without an account: he records VISITOR_RECORDS in `area` (this node's), and reads nothing.

    For pages that are open to everybody, once they have seen what he must show. Nothing of it tells who he is.
    """
    return Acting(
        officer=VISITOR,
        post=VISITOR,
        role=VISITOR,
        area=area,
        title=Text("Visitor", "來訪者", "来访者"),
        name="",
        deputising=False,
        records=VISITOR_RECORDS,
        pages=frozenset(),
        fields=frozenset(),
        seal=_SEAL,
        on=timezone.localtime(at).date(),
    )
