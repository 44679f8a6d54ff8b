"""A small county with a window: one township with two clerks, a window clerk, a village worker; one county manager, a
county window clerk who stands in for him, an auditor. Monday, 2 March 2026 is the first day; later days by `day`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from jiahe.basis.languages import Text
from jiahe.places import actions as places
from jiahe.places.definitions import AreaList
from jiahe.places.facts import NamedArea
from jiahe.registry import actions as registry
from jiahe.registry.actions import Document
from jiahe.registry.facts import IdentityKind, Sex
from jiahe.staff import actions as staff
from jiahe.staff import session
from jiahe.staff.definitions import Role, roles
from jiahe.staff.queries import holdings
from jiahe.staff.scope import Acting, founding
from jiahe.window import actions, queries
from jiahe.window.projections.cases import told
from jiahe.window.rules.story import Story

COUNTY, TOWNSHIP, VILLAGE, OTHER_TOWNSHIP = "411723", "411723101", "411723101201", "411723102"
AREAS = {
    "41": "河南省",
    "4117": "驻马店市",
    COUNTY: "平舆县",
    TOWNSHIP: "北镇",
    VILLAGE: "北村",
    OTHER_TOWNSHIP: "南镇",
}
MONDAY = date(2026, 3, 2)
WHO = {
    "window": ("window_clerk", TOWNSHIP),
    "clerk": ("township_clerk", TOWNSHIP),
    "other_clerk": ("township_clerk", TOWNSHIP),
    "worker": ("village_worker", VILLAGE),
    "manager": ("county_manager", COUNTY),
    "counter": ("window_clerk", COUNTY),
    "clinician": ("clinician", COUNTY),
    "south": ("window_clerk", OTHER_TOWNSHIP),
    "auditor": ("auditor", COUNTY),
}
NUMBER = "411723199001010018"


def day(on: date, hour: int = 2) -> datetime:
    """Ten in the morning of that day in the county, if nothing else is said (in UTC)."""
    return datetime(on.year, on.month, on.day, hour, tzinfo=UTC)


@dataclass
class Counter:
    """Those who work there, and who comes."""

    by: Acting
    roles: dict[str, Role]
    officers: dict[str, UUID] = field(default_factory=dict)
    posts: dict[str, UUID] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)

    def acting(self, who: str, on: date = MONDAY, *, post: str = "") -> Acting:
        """Somebody in his post, or as the deputy in another's."""
        wanted = self.posts[post or who]
        held = next(each for each in holdings(self.officers[who], on=on) if each.post == wanted)
        acting = session.acting(held, self.roles)
        assert acting is not None
        return acting

    def enter(self, name: str, *, born: date = date(1990, 1, 1), number: str = "", **more: Any) -> UUID:
        """Somebody in the register."""
        document = Document(IdentityKind.RESIDENT_ID, number) if number else None
        given = {"sex": Sex.MALE, "area": VILLAGE, "since": born, "birth_on": born, "document": document, **more}
        made = registry.register_person(
            name=name, sure={"registry.likely_double"}, by=self.by, at=day(MONDAY - timedelta(days=30)), **given
        )
        assert made.about is not None
        self.people[name] = made.about
        return made.about

    def open(self, service: str = "childcare_subsidy", *, who: str = "window", on: date = MONDAY, **more: Any) -> UUID:
        """A case received."""
        more.setdefault("applicant", self.people["欧阳明"])
        more.setdefault("documents", ("identity_card", "bank_account"))
        case, _ = actions.open_case(service=service, by=self.acting(who, on), at=day(on), **more)
        return case

    def accepted(self, *, on: date = MONDAY, **more: Any) -> UUID:
        """A case received and accepted on one day."""
        case = self.open(on=on, **more)
        actions.accept_case(case=case, by=self.acting("window", on), at=day(on, 3))
        return case

    def decide(self, case: UUID, outcome: str, *, on: date, who: str = "", reason: str = "") -> None:
        """Whoever has the step on his desk says how it came out."""
        stage = self.story(case).stage
        assert stage is not None
        desk = next((name for name, post in self.posts.items() if post == stage.desk), "")
        by = self.acting(who or desk, on, post=desk)
        actions.decide_step(case=case, outcome=outcome, reason=reason, by=by, at=day(on))

    def story(self, case: UUID) -> Story:
        """The case as its facts tell it."""
        return told([case])[case]

    def standing(self, case: UUID, on: date) -> Any:
        """How its turn stands on a day."""
        return queries.case(self.acting("window", on).scope, case, on=on).standing


def found_counter() -> Counter:
    """All of it."""
    since = MONDAY - timedelta(days=400)
    at = day(since)
    by = founding("41", at)
    listed = tuple(NamedArea(code, name, Text(name, name, name)) for code, name in AREAS.items())
    places.load_areas(areas=AreaList("test", date(2023, 6, 30), "test", listed), by=by, at=at)
    counter = Counter(by, dict(roles(settings.JIAHE.content / "roles")))
    for n, (who, (role, area)) in enumerate(WHO.items()):
        officer = staff.enrol_officer(name=f"夏侯{'甲乙丙丁戊己庚辛壬'[n]}", area=area, on=since, by=by, at=at)
        post = staff.create_post(role=counter.roles[role], area=area, on=since, by=by, at=at)
        staff.assign_post(post=post, officer=officer, on=since, by=by, at=at)
        counter.officers[who], counter.posts[who] = officer, post
    staff.name_deputy(
        post=counter.posts["manager"],
        officer=counter.officers["counter"],
        starts_on=MONDAY - timedelta(days=60),
        ends_on=MONDAY + timedelta(days=300),
        by=by,
        at=day(MONDAY - timedelta(days=60)),
    )
    counter.enter("欧阳明", number=NUMBER)
    counter.enter("司徒静", born=date(1992, 5, 5), sex=Sex.FEMALE)
    return counter
