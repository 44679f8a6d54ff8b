"""A small county that is all there, made through actions as everything is: areas of every level, another county
and another city beside them; somebody in each role; in each area people, posts, a duty, a facility, past events.

Names tell where somebody belongs (`Place.sign`), so a test can see a name where it should not be.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.test import Client

from jiahe.basis.languages import Text
from jiahe.conduct import actions as conduct
from jiahe.conduct.facts import Finding
from jiahe.journal.recording import record
from jiahe.journal.values import Recorded
from jiahe.node.clock import now
from jiahe.places import actions as places
from jiahe.places.definitions import AreaList
from jiahe.places.facts import FacilityKind, NamedArea
from jiahe.registry import actions as registry
from jiahe.registry.actions import Document
from jiahe.registry.facts import Field, FieldChange, IdentityKind, Member, PersonCorrected, Relation, Sex
from jiahe.registry.models import Person
from jiahe.staff import actions as staff
from jiahe.staff import session
from jiahe.staff.definitions import Role, roles
from jiahe.staff.doors import CONFIRMED
from jiahe.staff.models import Credential
from jiahe.staff.queries import holdings
from jiahe.staff.scope import Acting, founding
from jiahe.window import actions as window
from jiahe.window.facts import InterestDeclared
from jiahe.window.facts import Relation as WindowRelation
from tests.lib.attached import png
from tests.lib.brought import bring_lists

PROVINCE, CITY, COUNTY = "41", "4117", "411723"
NORTH, SOUTH = "411723101", "411723102"
NORTH_VILLAGE, EAST_VILLAGE, SOUTH_VILLAGE = "411723101201", "411723101202", "411723102201"
OTHER_CITY, OTHER_COUNTY, OTHER_TOWNSHIP, OTHER_VILLAGE = "4116", "411724", "411724101", "411724101201"
AREAS = {
    PROVINCE: "河南省",
    CITY: "驻马店市",
    COUNTY: "平舆县",
    NORTH: "北镇",
    NORTH_VILLAGE: "北村民委员会",
    EAST_VILLAGE: "东村民委员会",
    SOUTH: "南镇",
    SOUTH_VILLAGE: "南村民委员会",
    OTHER_COUNTY: "正阳县",
    OTHER_TOWNSHIP: "真阳镇",
    OTHER_VILLAGE: "真村民委员会",
    OTHER_CITY: "周口市",
    "411723101203": "空村民委员会",
    "411724101202": "荒村民委员会",
}
EMPTY = {NORTH: "411723101203", OTHER_VILLAGE: "411724101202"}
"""Villages in which there is nothing and nobody, by the place that knows of them."""
WHERE = {
    "village_worker": NORTH_VILLAGE,
    "township_clerk": NORTH,
    "window_clerk": NORTH,
    "clinician": NORTH,
    "county_manager": COUNTY,
    "register_steward": COUNTY,
    "auditor": COUNTY,
    "administrator": COUNTY,
    "city_supervisor": CITY,
}
"""Where somebody holds each role."""
LONG_AGO = date(2024, 1, 1)
BY_LEVEL = {4: "city_supervisor", 6: "county_manager", 9: "township_clerk", 12: "village_worker"}
"""The role of the post that stands in an area, by the length of its code."""
_SIGNS = "甲乙丙丁戊己庚辛壬癸子丑"
PEOPLE, OFFICERS = "司徒", "夏侯"
"""The surnames of all people and of all officers of this county."""


@dataclass(frozen=True)
class Place:
    """What stands in one area. `person` lives there, `gone` has moved away (`event`); none above the township."""

    area: str
    sign: str
    held: UUID
    vacant: UUID
    officer: UUID
    member: UUID
    duty: UUID
    deputation: UUID
    facility: UUID
    change: UUID
    person: UUID | None = None
    gone: UUID | None = None
    event: UUID | None = None
    other: UUID | None = None
    wed: UUID | None = None
    household: UUID | None = None
    neighbours: UUID | None = None
    particular: UUID | None = None
    conflict: UUID | None = None
    kept: UUID | None = None
    merge: UUID | None = None
    formed: UUID | None = None
    empty: str | None = None
    brought: UUID | None = None
    begun: UUID | None = None
    taken: UUID | None = None
    taken_back: UUID | None = None
    case: UUID | None = None
    complete: UUID | None = None
    running: UUID | None = None
    attached: UUID | None = None
    rating: UUID | None = None
    interest: UUID | None = None
    ticket: UUID | None = None
    late: UUID | None = None
    judged: UUID | None = None
    appealed: UUID | None = None
    stage: int = 1_000


@dataclass
class County:
    """The county, with the author of all that stands in it and those who hold the roles."""

    at: datetime
    by: Acting
    roles: dict[str, Role]
    places: dict[str, Place] = field(default_factory=dict)
    officers: dict[str, UUID] = field(default_factory=dict)
    posts: dict[str, UUID] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The county's day."""
        return session.civil_day(self.at)

    def acting(self, role: str) -> Acting:
        """Whoever holds the role, acting in it."""
        acting = session.acting(holdings(self.officers[role], on=self.today)[0], self.roles)
        assert acting is not None
        return acting

    def inside(self, role: str) -> Client:
        """A browser in which whoever holds the role is signed in, second factor and all."""
        client = Client(HTTP_HOST="127.0.0.1", raise_request_exception=False)
        client.force_login(Credential.objects.get(officer=self.officers[role]))
        kept = client.session
        kept[CONFIRMED] = True
        kept.save()
        return client

    def hire(self, name: str, area: str, *, account: bool = False) -> UUID:
        """An officer, with an account that no password opens, if wanted."""
        made = staff.enrol_officer(name=name, area=area, on=LONG_AGO, by=self.by, at=self.at)
        if account:
            Credential.objects.create(username=f"user-{Credential.objects.count()}", officer=made, password="!")
        return made

    def post(self, role: str, area: str, officer: UUID | None = None) -> UUID:
        """A post, held by the officer."""
        made = staff.create_post(role=self.roles[role], area=area, on=LONG_AGO, by=self.by, at=self.at)
        if officer:
            staff.assign_post(post=made, officer=officer, on=LONG_AGO, by=self.by, at=self.at)
        return made

    def settle(self, area: str, sign: str) -> Place:
        """All that stands in one area from city to village."""
        role = BY_LEVEL[len(area)]
        officer, member = (self.hire(f"{OFFICERS}{sign}{n}", area, account=n == "二") for n in "一二")
        held, vacant = self.post(role, area, officer), self.post(role, area)
        usual = {"by": self.by, "at": self.at}
        duty = staff.give_duty(post=held, title=f"{sign}事", due_on=self.today, **usual)
        lent = staff.name_deputy(post=held, officer=member, starts_on=self.today, ends_on=self.today, **usual)
        name = Text(f"Room {sign}", f"{sign}室", f"{sign}室")
        opened = places.open_facility(kind=FacilityKind.OFFICE, area=area, name=name, on=LONG_AGO, **usual)
        words = Text(AREAS[area], AREAS[area], AREAS[area])
        renamed = places.rename_area(code=area, official=AREAS[area], name=words, on=date(2025, 1, 1), **usual)
        people = self._people(area, sign, officer) if len(area) >= len(NORTH) else {}
        things = (held, vacant, officer, member, duty, lent, opened.fact.facility, renamed.id)
        return Place(area, sign, *things, **people, empty=EMPTY.get(area))

    def person(self, name: str, area: str, *, number: str = "", born: int = 1990) -> UUID:
        """A woman, of 1990 if nothing else is said, who lives in the area."""
        made = registry.register_person(
            name=name,
            surname=PEOPLE,
            sex=Sex.FEMALE,
            birth_on=date(born, 1, 1),
            document=Document(IdentityKind.PASSPORT, number) if number else None,
            area=area,
            since=LONG_AGO,
            sure={"registry.likely_double"},
            by=self.by,
            at=self.at,
        )
        return _about(made)

    def be_late(self) -> dict[str, UUID]:
        """Three cases on which the village worker was late: one only that, one judged by the township, one appealed."""
        worker, clerk = self.acting("village_worker"), self.acting("township_clerk")
        late = []
        for _ in range(3):
            long_ago = self.at - timedelta(days=40)
            case, _word = window.open_case(service="contraceptive_supplies", by=worker, at=long_ago)
            late.append(case)
        for case in late[1:]:
            said = {"case": case, "n": 1_000, "words": "to try", "at": self.at}
            conduct.judge_lateness(finding=Finding.UPHELD, by=clerk, **said)
        conduct.appeal_judgement(case=late[2], n=1_000, words="to try", by=worker, at=self.at)
        return dict(zip(("late", "judged", "appealed"), late, strict=True))

    def _cases(self, received: UUID, complete: UUID, running: UUID) -> dict[str, UUID]:
        """A case in which something is missing, one that can be accepted, one that is, all of them nobody's; and one
        that was withdrawn and rated badly."""
        usual = {"by": self.by, "at": self.at}
        subsidy, full = "childcare_subsidy", ("identity_card", "bank_account")
        first, _ = window.open_case(service=subsidy, applicant=received, documents=("identity_card",), **usual)
        second, _ = window.open_case(service=subsidy, applicant=complete, documents=full, **usual)
        third, _ = window.open_case(service=subsidy, applicant=running, documents=full, **usual)
        window.accept_case(case=third, **usual)
        paper = window.attach(case=first, document="", name="a.png", content=png(), **usual)
        ended, _ = window.open_case(service="birth_registration", applicant=complete, **usual)
        window.withdraw_case(case=ended, **usual)
        rated = window.rate_service(case=ended, score=1, **usual)
        return {"attached": paper.id, "case": first, "complete": second, "running": third, "rating": rated.id}

    def _people(self, area: str, sign: str, officer: UUID) -> dict[str, UUID]:
        gone = self.person(f"{PEOPLE}{sign}去", area)
        on = self.today - timedelta(days=30)
        event = registry.register_move_out(person=gone, on=on, destination="郑州", by=self.by, at=self.at)
        person = self.person(f"{PEOPLE}{sign}在", area, number=_number(sign))
        other = self.person(f"{PEOPLE}{sign}邻", area, born=1960)
        wed, kept, double = (self.person(f"{PEOPLE}{sign}{given}", area) for given in ("婚", "并", "归"))
        usual = {"by": self.by, "at": self.at}
        houses = [
            registry.form_household(
                on=LONG_AGO, area=area, address=f"{sign}{n}号", members=(Member(who, Relation.HEAD),), **usual
            )
            for n, who in ((1, person), (2, other))
        ]
        registry.register_marriage(person=wed, on=date(2020, 1, 1), spouse_name=f"{PEOPLE}{sign}偶", **usual)
        slip = self.person(f"{PEOPLE}{sign}错", area)
        entries = [Person.objects.get(id=slip).entry]
        registry.cancel_registrations(entries=entries, reason="to try", **usual)
        phone = registry.add_phone(person=person, number="13800000001", **usual)
        merge = registry.merge_persons(kept=kept, gone=double, sure={"registry.maybe_twins"}, **usual)
        for number in ("13800000002", "13800000003"):
            unseen = PersonCorrected(other, (FieldChange(Field.PHONE, "", number),))
            conflict = record(unseen, by=self.by, at=self.at, area=area, about=other)
        claimed = record(InterestDeclared(officer, other, WindowRelation.KIN), area=area, **usual)
        return {
            **self._cases(other, wed, kept),
            "interest": claimed.id,
            "ticket": window.take_number(by=founding(area, self.at), at=self.at).id,
            **{"person": person, "gone": gone, "event": event.id, "other": other, "wed": wed, "kept": kept},
            **{"household": houses[0].fact.household, "neighbours": houses[1].fact.household},
            "taken_back": slip,
            **{"formed": houses[0].id, "particular": phone.id, "merge": merge.id, "conflict": conflict.id},
        }


def found_county() -> County:
    """All of it, as of this moment."""
    at = now()
    by = founding(PROVINCE, at)
    listed = tuple(NamedArea(code, name, Text(name, name, name)) for code, name in AREAS.items())
    places.load_areas(areas=AreaList("test", date(2023, 6, 30), "test", listed), by=by, at=at)
    county = County(at, by, dict(roles(settings.JIAHE.content / "roles")))
    inhabited = [code for code in AREAS if code != PROVINCE and code not in EMPTY.values()]
    for sign, area in zip(_SIGNS, inhabited, strict=False):
        county.places[area] = county.settle(area, sign)
    for role, area in WHERE.items():
        county.officers[role] = county.hire(f"{OFFICERS}{county.places[area].sign}{role}", area, account=True)
        county.posts[role] = county.post(role, area, county.officers[role])
    window.give_desks(
        cases=[county.places[NORTH_VILLAGE].running],  # type: ignore[list-item]
        post=county.posts["township_clerk"],
        reason="to try",
        by=by,
        at=at,
    )
    authors = {NORTH_VILLAGE: county.acting("village_worker"), NORTH: county.acting("township_clerk")}
    for area in (NORTH_VILLAGE, NORTH, EAST_VILLAGE, OTHER_VILLAGE):
        home = county.places[area if area != NORTH else NORTH_VILLAGE]
        author = authors.get(area, founding(area, at))
        lists = bring_lists(f"{PEOPLE}{home.sign}", area, home=home.area, by=author, at=at)
        county.places[area] = replace(county.places[area], **lists)
    county.places[NORTH_VILLAGE] = replace(county.places[NORTH_VILLAGE], **county.be_late())
    return county


def name_of(place: Place) -> str:
    """The full name of the `person` who lives in a place."""
    return f"{PEOPLE}{place.sign}在"


def number_of(place: Place) -> str:
    """The number on that person's passport."""
    return _number(place.sign)


def _number(sign: str) -> str:
    return f"E{_SIGNS.index(sign):08}"


def _about(entry: Recorded) -> UUID:
    assert entry.about is not None
    return entry.about
