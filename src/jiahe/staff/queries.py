"""What may be asked about staff. Everything that lists takes a Scope first and never shows more than it.

Areas are told as they are on the day of the scope: `here`, of rows, is where they lie then.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from jiahe.basis.areas import lies_in
from jiahe.basis.languages import Text
from jiahe.journal.remembered import Remembered
from jiahe.places import queries as places
from jiahe.places.rules import area_after
from jiahe.staff.models import Deputation, Duty, Officer, Placed, Post, Taking
from jiahe.staff.problems import NoSuchDuty, NoSuchOfficer, NoSuchPost
from jiahe.staff.rules import Holding
from jiahe.staff.scope import FOUNDING, VISITOR, Scope


@dataclass(frozen=True, slots=True)
class Held:
    """Who holds a post since when; `officer` None since the day it fell vacant."""

    post: UUID
    officer: UUID | None
    name: str
    since: date


@dataclass(frozen=True, slots=True)
class Deputy:
    """Who may act in a post beside its holder, from a day up to and with a day."""

    id: UUID
    officer: UUID
    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post as it stands on a day. `holder` is None where nobody ever held it."""

    id: UUID
    role: str
    area: str
    facility: UUID | None
    title: Text
    created_on: date
    closed_on: date | None
    holder: Held | None
    deputies: tuple[Deputy, ...]

    @property
    def vacant(self) -> bool:
        """Whether nobody holds it."""
        return self.holder is None or self.holder.officer is None

    def present(self, on: date) -> frozenset[UUID]:
        """The officers who sit there on the day: who holds it, and who stands in for him; none once it is closed."""
        if self.closed_on is not None and self.closed_on <= on:
            return frozenset()
        holder = {self.holder.officer} if self.holder is not None and self.holder.officer is not None else set()
        return frozenset(holder | {each.officer for each in self.deputies if each.starts_on <= on})


# ---- posts ----


def posts(scope: Scope, *, on: date, within: str = "") -> QuerySet[Post]:
    """The posts in scope (and in area `within`) that exist on the day, by area."""
    inner = within if lies_in(within, scope.area) else scope.area
    found = _in_scope(scope, inner).filter(created_on__lte=on).exclude(role="")
    if not lies_in(inner, within):
        return found.none()
    return found.filter(Q(closed_on=None) | Q(closed_on__gt=on)).order_by("here", "role", "id")  # type: ignore[misc]


def to_reassign(scope: Scope, *, on: date) -> list[PostRow]:
    """The posts in scope whose area is no more on the day and did not become one other: somebody must say where their
    work goes on."""
    found = posts(scope, on=on)
    areas = places.named(found.order_by().values_list("here", flat=True).distinct(), on=on)  # type: ignore[misc]
    gone = [code for code, area in areas.items() if not area.open_on(on)]
    return described(found.filter(here__in=gone), on=on) if gone else []  # type: ignore[misc]


def described(rows: Iterable[Post], *, on: date) -> list[PostRow]:
    """The posts, as a scoped query gave them, with their holders and deputies on the day; three queries for all."""
    rows = list(rows)
    held = _holders([row.id for row in rows], on=on)
    deputies = _deputies([row.id for row in rows], on=on)
    return [
        PostRow(
            id=row.id,
            role=row.role,
            area=row.here,
            facility=row.facility,
            title=_title(row),
            created_on=row.created_on or on,
            closed_on=row.closed_on,
            holder=held.get(row.id),
            deputies=tuple(deputies.get(row.id, ())),
        )
        for row in rows
    ]


def described_by_id(scope: Scope, posts: Collection[UUID], *, on: date) -> dict[UUID | None, PostRow]:
    """Those of the posts that are in scope, as they stand on the day."""
    return {row.id: row for row in described(_in_scope(scope).filter(id__in=posts).exclude(role=""), on=on)}


def post(scope: Scope, identifier: UUID, *, on: date) -> PostRow:
    """One post, open or closed, as it stands on the day. Raises NoSuchPost, also for one outside the scope."""
    row = _in_scope(scope).filter(id=identifier).exclude(role="").first()
    if row is None:
        raise NoSuchPost
    return described([row], on=on)[0]


def holder(scope: Scope, identifier: UUID, *, on: date) -> Held | None:
    """Who holds the post on the day, or None while it is vacant. Raises NoSuchPost."""
    found = post(scope, identifier, on=on).holder
    return found if found and found.officer else None


def holders(scope: Scope, identifier: UUID) -> list[Held]:
    """Everybody who ever took the post, and its vacancies, newest first. Raises NoSuchPost."""
    post(scope, identifier, on=date.max)
    rows = list(Taking.objects.filter(post=identifier).order_by("-on", "-stamp"))
    names = _names(row.officer for row in rows)
    return [Held(row.post, row.officer, names.get(row.officer, ""), row.on) for row in rows]


def holdings(officer: UUID, *, on: date) -> list[Holding]:
    """The posts an officer holds or deputises in on the day, his own first. Not scoped: it is what scopes come from.

    Nobody who has left, and no post that is closed or not yet there, gives anything. Each post lies where its area is
    on the day.
    """
    return list(_remembered.get((officer, on), lambda: _holdings(officer, on=on)))


def desks(role: str, area: str, *, on: date) -> list[PostRow]:
    """The posts with that role for exactly that area that exist on the day. Not scoped: who does what where hangs at
    every counter, and a case goes on to desks outside the scope of who has it."""
    found = Post.objects.lying_in(area, on=on).filter(role=role, here=area, created_on__lte=on)  # type: ignore[misc]
    return described(found.exclude(closed_on__lte=on).order_by("id"), on=on)


def areas_with(roles: Collection[str], *, within: str, on: date) -> frozenset[str]:
    """The areas in `within` for which there is a post of one of these roles on the day. Not scoped, as `desks`."""

    def find() -> frozenset[str]:
        found = Post.objects.lying_in(within, on=on).filter(role__in=roles, created_on__lte=on)
        return frozenset(row.here for row in found.exclude(closed_on__lte=on))

    return _remembered.get(("areas", tuple(roles), within, on), find)


def at_desks(posts: Collection[UUID], *, on: date) -> dict[UUID, PostRow]:
    """These posts as they stand on the day, wherever they are: for who has a case and to whom it went."""
    rows = Post.objects.lying_in("", on=on).filter(id__in=posts).exclude(role="")
    return {row.id: row for row in described(rows, on=on)}


# ---- officers ----


def officers(scope: Scope, *, on: date) -> QuerySet[Officer]:
    """The officers enrolled in scope who work here on the day, by name."""
    found = Officer.objects.lying_in(scope.area, on=scope.on).filter(enrolled_on__lte=on)
    return found.exclude(left_on__lte=on).order_by("name", "id")


def officer(scope: Scope, identifier: UUID) -> Officer:
    """One officer enrolled in scope, working here or gone. Raises NoSuchOfficer."""
    found = Officer.objects.lying_in(scope.area, on=scope.on).filter(id=identifier, enrolled_on__isnull=False).first()
    if found is None:
        raise NoSuchOfficer
    return found


def officer_names(scope: Scope, officers: Iterable[str]) -> dict[str, str]:
    """The names of officers enrolled in scope, by the ids that stand in the journal; others are absent."""
    wanted = {officer for officer in officers if officer not in (FOUNDING, VISITOR)}
    rows = Officer.objects.lying_in(scope.area, on=scope.on).filter(id__in=wanted).values_list("id", "name")
    return {str(identifier): name for identifier, name in rows}


# ---- duties ----


def open_duties(scope: Scope, *, post: UUID | None = None) -> QuerySet[Duty]:
    """The duties of posts in scope (or of one of them) that are not done, by due day."""
    found = Duty.objects.lying_in(scope.area, on=scope.on).filter(done_on=None, post__isnull=False)
    return (found.filter(post=post) if post else found).order_by("due_on", "id")


def done_duties(scope: Scope, *, post: UUID) -> QuerySet[Duty]:
    """The duties of a post in scope that are done, the latest first."""
    done = Duty.objects.lying_in(scope.area, on=scope.on).filter(done_on__isnull=False, post=post)
    return done.order_by("-done_on", "-id")


def duty(scope: Scope, identifier: UUID) -> Duty:
    """One duty of a post in scope. Raises NoSuchDuty."""
    found = Duty.objects.lying_in(scope.area, on=scope.on).filter(id=identifier, post__isnull=False).first()
    if found is None:
        raise NoSuchDuty
    return found


# ---- inside ----


def last_change_on(post: UUID) -> date | None:
    """The day the post last changed hands, on record."""
    return Taking.objects.filter(post=post).order_by("-on").values_list("on", flat=True).first()


def _in_scope(scope: Scope, area: str = "") -> Placed[Post]:
    return Post.objects.lying_in(area or scope.area, on=scope.on)


def _title(row: Post) -> Text:
    return Text(row.title_en, row.title_zh_hant, row.title_zh_hans)


def _holders(posts: Collection[UUID], *, on: date) -> dict[UUID, Held]:
    rows = list(Taking.objects.filter(post__in=posts, on__lte=on).order_by("on", "stamp"))
    latest = {row.post: row for row in rows}
    names = _names(row.officer for row in latest.values())
    return {row.post: Held(row.post, row.officer, names.get(row.officer, ""), row.on) for row in latest.values()}


_remembered = Remembered("staff", "places")
"""Who holds what follows from facts of staff and of the map, and is asked at every request."""
# plain SQL: to compile the five queries of it costs ten times what they take
_HOLDINGS = """
    SELECT o.name, p.id, p.role, p.area, p.title_en, p.title_zh_hant, p.title_zh_hans, h.lent
    FROM (
        SELECT t.post, 0 AS lent FROM staff_taking t
        WHERE t.officer = %(officer)s AND t."on" <= %(on)s AND NOT EXISTS (
            SELECT 1 FROM staff_taking l WHERE l.post = t.post AND l."on" <= %(on)s
            AND (l."on" > t."on" OR (l."on" = t."on" AND l.stamp > t.stamp))
        )
        UNION ALL
        SELECT d.post, 1 FROM staff_deputation d
        WHERE d.officer = %(officer)s AND d.starts_on <= %(on)s AND d.ends_on >= %(on)s
        AND (d.ended_on IS NULL OR d.ended_on > %(on)s)
    ) h
    JOIN staff_post p ON p.id = h.post
    JOIN staff_officer o ON o.id = %(officer)s
    WHERE o.enrolled_on IS NOT NULL AND (o.left_on IS NULL OR o.left_on > %(on)s)
    AND p.role <> '' AND p.created_on <= %(on)s AND (p.closed_on IS NULL OR p.closed_on > %(on)s)
    ORDER BY h.lent
"""


def _holdings(officer: UUID, *, on: date) -> tuple[Holding, ...]:
    native = connection.features.has_native_uuid_field
    with connection.cursor() as cursor:
        cursor.execute(_HOLDINGS, {"officer": officer if native else officer.hex, "on": on})
        rows = cursor.fetchall()
    map_ = places.followed() if rows else {}
    found: dict[UUID, Holding] = {}
    for name, key, role, area, en, zh_hant, zh_hans, lent in rows:
        post, here = UUID(str(key)), area_after(area, on, map_)
        # his own come first: who deputises in a post that is his acts in it as his own
        found.setdefault(post, Holding(officer, name, post, role, here, Text(en, zh_hant, zh_hans), bool(lent), on=on))
    in_order = sorted(found.values(), key=lambda each: (each.deputising, each.area, each.role, each.post))
    return tuple(in_order)


def _deputies(posts: Collection[UUID], *, on: date) -> dict[UUID | None, list[Deputy]]:
    rows = (
        Deputation.objects.filter(post__in=posts, ends_on__gte=on).exclude(ended_on__lte=on).order_by("starts_on", "id")
    )
    names = _names(row.officer for row in rows)
    found: dict[UUID | None, list[Deputy]] = {}
    for row in rows:
        if row.officer and row.starts_on and row.ends_on:
            deputy = Deputy(row.id, row.officer, names.get(row.officer, ""), row.starts_on, row.ends_on)
            found.setdefault(row.post, []).append(deputy)
    return found


def _names(officers: Iterable[UUID | None]) -> Mapping[UUID | None, str]:
    wanted = {officer for officer in officers if officer}
    return dict(Officer.objects.filter(id__in=wanted).values_list("id", "name"))
