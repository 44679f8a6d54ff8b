"""Loading the demo county: its values become facts, recorded in chunks through the journal, never written to tables.

Loading again does nothing; a half-loaded home is refused and can be thrown away with `./jiahe demo reset`, since the
accounts come last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import islice

from django.conf import settings
from django.utils import timezone

from jiahe.basis.areas import lies_in
from jiahe.journal.recording import record_all
from jiahe.journal.values import Author, Draft
from jiahe.node.clock import now
from jiahe.node.demo import parameters
from jiahe.node.demo.cases import Window
from jiahe.node.demo.desk import Desks, Written, written
from jiahe.node.demo.drafts import drafts, open_matters, opening, set_up
from jiahe.node.demo.parameters import PEOPLE, SEED, Parameters
from jiahe.node.demo.population import county
from jiahe.node.demo.posts import Staffing, staffing
from jiahe.node.demo.problems import HalfLoaded
from jiahe.node.demo.villages import Village
from jiahe.places import actions as places
from jiahe.places.definitions import AreaList, read_area_list
from jiahe.places.facts import Level
from jiahe.places.rules import level_of
from jiahe.staff import accounts, queries
from jiahe.staff.definitions import Role, roles
from jiahe.staff.scope import Acting, founding
from jiahe.staff.session import acting

CHUNK = 5_000
YEARS = 3
Progress = Callable[[str], None]
"""Told in a few words how far loading has come."""


def load(people: int = PEOPLE, until: date | None = None, seed: int = SEED, progress: Progress = print) -> bool:
    """Load `people` people of this node's county and what happened to them in the three years before the day `until`
    (today). False if the demo is there already.

    Raises HalfLoaded if another load was cut short, or the home is no demo's.
    """
    content, area, zone = settings.JIAHE.content, settings.JIAHE.area, timezone.get_default_timezone()
    until = until or timezone.localdate(now())
    if accounts.demo_accounts(on=until):
        progress("The demo county is here already.")
        return False
    since = date(until.year - YEARS, until.month, min(until.day, 28))
    opened = datetime.combine(since - timedelta(days=1), time(9), zone)
    founder = founding("", opened)
    if queries.officers(founder.scope, on=date.max).exists():
        raise HalfLoaded
    areas = read_area_list(content / "areas", area)
    progress(f"areas: {places.load_areas(areas=areas, by=founder, at=opened, home=settings.JIAHE.area):,}")
    given, known = parameters.read(content / "demo"), roles(content / "roles")
    staff = staffing(
        content / "demo" / "posts.toml", areas.areas, known, given.naming, since=since, until=until, seed=seed
    )
    if settings.JIAHE.has_neighbours:  # the city has a node of its own, which knows who works there
        ours = tuple(each for each in staff.appointments if lies_in(each.holding.area, area))
        staff = replace(staff, appointments=ours)
    _record_all(set_up(staff, by=founder, at=opened, on=since - timedelta(days=1)), "posts", 0, progress)
    yesterday = datetime.combine(until - timedelta(days=1), time(16), zone)
    _people(people, given, areas, _desks(staff, known), since, yesterday, seed, zone, progress)
    manager = next(iter(_acting(staff, known, "county_manager").values()))
    _record_all(open_matters(staff, manager=manager, founder=founder, at=yesterday), "duties", 0, progress)
    window = Window(*_at_work(staff, known), founder.scope, until, zone, seed)
    progress(f"cases at the window: {window.run(people):,}")
    with_account = {each.username: each.holding.officer for each in staff.appointments if each.username}
    accounts.open_demo_accounts(with_account)
    progress(f"accounts: {len(with_account)}; the demo county is loaded, and nobody in it is a real person")
    return True


def _people(
    people: int,
    given: Parameters,
    areas: AreaList,
    desks: Desks,
    since: date,
    known: datetime,
    seed: int,
    zone: tzinfo,
    progress: Progress,
) -> None:
    """The people and what of their lives is `known` to the office at that instant."""
    villages = [Village(each.code, each.official) for each in areas.areas if level_of(each.code) is Level.VILLAGE]
    events: list[Written] = []

    def residents() -> Iterator[Draft]:
        until = known.date() + timedelta(days=1)
        lives = county(given, villages, people=people, since=since, until=until, seed=seed)
        for turn, life in enumerate(lives):
            by = desks.workers[life.village.code]
            yield from opening(life, by=by, since=since, zone=zone, turn=turn, turns=len(villages))
            events.extend(
                written(
                    life,
                    desks,
                    given.registration,
                    since=since,
                    until=known,
                    zone=zone,
                    seed=seed,
                    start=len(events),
                )
            )

    _record_all(residents(), "people and households", 0, progress)
    progress(f"people: {people:,} of {people:,}")
    events.sort()
    _record_all((draft for entry in events for draft in drafts(entry)), "life events", 0, progress)


def _desks(staff: Staffing, known: Mapping[str, Role]) -> Desks:
    in_order = ("village_worker", "township_clerk", "window_clerk", "clinician")
    return Desks(*(_acting(staff, known, role) for role in in_order))


def _at_work(staff: Staffing, known: Mapping[str, Role]) -> tuple[dict[str, Acting], dict[str, Acting]]:
    """Who acts in each post: its holder, and whoever stands in for him."""
    posts = {each.holding.post: each.holding for each in staff.appointments}
    names = {each.holding.officer: each.holding.name for each in staff.appointments}
    held = {str(post): acting(holding, known) for post, holding in posts.items()}
    lent = {
        str(each.post): acting(
            replace(posts[each.post], officer=each.officer, name=names[each.officer], deputising=True), known
        )
        for each in staff.deputies
    }
    return tuple({post: one for post, one in some.items() if one is not None} for some in (held, lent))  # type: ignore[return-value]


def _acting(staff: Staffing, known: Mapping[str, Role], role: str) -> dict[str, Author]:
    """Everybody of a role as the staff room lets him act, by area."""
    found = {area: acting(each.holding, known) for area, each in staff.of(role).items()}
    return {area: author for area, author in found.items() if author is not None}


def _record_all(entries: Iterable[Draft], what: str, total: int, progress: Progress) -> None:
    rows, done = iter(entries), 0
    while chunk := list(islice(rows, CHUNK)):
        record_all(chunk)
        done += len(chunk)
        progress(f"{what}: {done:,} of {total:,}" if total else f"{what}: {done:,}")
