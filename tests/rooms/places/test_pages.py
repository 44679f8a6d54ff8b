"""The pages of the room, asked for by somebody who may manage places."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve, reverse
from django.utils import translation

from jiahe.places import actions, queries
from jiahe.places.facts import FacilityKind
from tests.rooms.places.country import AT, CLERK, Clerk, named
from tests.rooms.places.test_areas_through_time import CHENFAN, HEBEI, JINZHUANG, MAY, MIAOWAN, YANGBU

pytestmark = pytest.mark.usefixtures("county")
COUNTY = Clerk(area="411723")


def visit(address: str, data: dict[str, Any] | None = None, by: Clerk = COUNTY) -> HttpResponse:
    """The page, as the room answers it behind its door."""
    factory = RequestFactory()
    request: Any = factory.get(address) if data is None else factory.post(address, data)
    request.at, request.acting, request.user, request._messages = AT, by, AnonymousUser(), []
    found = resolve(address.partition("?")[0])
    response: HttpResponse = found.func(request, *found.args, **found.kwargs)
    return response


def text(response: HttpResponse) -> str:
    """What stands on the page."""
    return response.content.decode()


def form(name: str, code: str, **data: Any) -> HttpResponse:
    """A form of change, sent."""
    return visit(reverse(f"places:{name}", args=[code]), {"on": "2024-05-01", **data})


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
@pytest.mark.parametrize("name", ["area", "open", "rename", "move", "split", "merge", "close", "open_facility"])
def test_every_page_opens_in_every_language(name: str, language: str) -> None:
    code = YANGBU if name == "open" else HEBEI
    with translation.override(language):
        page = visit(reverse(f"places:{name}", args=[code]))
    assert page.status_code == 200
    assert queries.area(code, on=MAY).name.in_language(language) in text(page)


def test_without_a_choice_the_area_of_the_post_is_shown_with_all_that_lies_in_it() -> None:
    page = text(visit(reverse("places:areas")))
    assert "Pingyu County" in page
    assert "Yangbu Town" in page


def test_an_area_is_found_by_its_name() -> None:
    assert "Longwangmiao Village" in text(visit(reverse("places:areas") + "?q=longwang"))
    assert "No area has this name" in text(visit(reverse("places:areas") + "?q=nothing"))


def test_a_past_day_shows_the_names_of_that_day_and_nonsense_shows_today() -> None:
    form("rename", HEBEI, official="新河村民委员会")
    address = reverse("places:area", args=[YANGBU])
    assert "Hebei Village" in text(visit(f"{address}?on=2020-01-01"))
    assert "Xinhe Village" in text(visit(f"{address}?on=2024-05-01"))
    for nonsense in ("2024-02-31", "x", ""):
        assert "Xinhe Village" in text(visit(f"{address}?on={nonsense}"))


def test_a_village_is_opened_with_the_next_free_code() -> None:
    assert form("open", YANGBU, official="新庄村民委员会").status_code == 303
    assert queries.area("411723101203", on=MAY).name.en == "Xinzhuang Village"


def test_what_was_split_says_what_is_in_its_place() -> None:
    answer = form("split", HEBEI, codes="河东村民委员会\n411723101400 河西村民委员会", order="5")
    assert answer.status_code == 303
    page = text(visit(reverse("places:area", args=[HEBEI])))
    assert "Hedong Village" in page
    assert "Hexi Village" in page
    assert "is no more since 2024-05-01" in page


def test_a_merger_may_keep_one_of_them_or_open_a_new_one() -> None:
    assert form("merge", HEBEI, codes=[JINZHUANG], into=JINZHUANG).status_code == 303
    assert form("merge", JINZHUANG, codes=[CHENFAN], into="", official="").status_code == 422
    assert form("merge", JINZHUANG, codes=[CHENFAN], into="", official="金陈村民委员会").status_code == 303
    assert queries.present([HEBEI], on=AT.date())[HEBEI] == ("411723101203",)


def test_a_move_and_its_cancelling() -> None:
    assert form("move", HEBEI, to=MIAOWAN).status_code == 303
    entry = queries.history(HEBEI)[-1].entry
    address = reverse("places:cancel", args=[HEBEI, entry])
    assert visit(address).status_code == 200
    assert visit(address, {"why": "another village was meant"}).status_code == 303
    assert queries.area(HEBEI, on=MAY).open_on(MAY)


def test_a_refused_change_keeps_what_was_typed_and_says_why() -> None:
    page = form("close", YANGBU)
    assert page.status_code == 422
    assert "3 areas still lie in it" in text(page)
    assert 'value="2024-05-01"' in text(page)


def test_facilities_are_opened_renamed_moved_and_closed() -> None:
    names = {"zh_hans": "河北村卫生室", "zh_hant": "河北村衛生室", "en": "Hebei Village Room"}
    assert form("open_facility", HEBEI, kind="village_room", area=HEBEI, **names).status_code == 303
    (room,) = queries.facilities(within=HEBEI, on=MAY)
    for step, data in (("rename", {**names, "en": "New Room"}), ("move", {"to": JINZHUANG}), ("close", {})):
        address = reverse(f"places:{step}_facility", args=[room.id])
        assert visit(address).status_code == 200
        assert visit(address, {"on": "2024-06-01", **data}).status_code == 303
    assert queries.facility(room.id, on=AT.date()).closed_on is not None


def test_facilities_are_listed_by_area_and_counted_above_it() -> None:
    name = named(HEBEI, "河北村卫生室").name
    actions.open_facility(kind=FacilityKind.VILLAGE_ROOM, area=HEBEI, name=name, on=MAY, by=CLERK, at=AT)
    address = reverse("places:facilities")
    assert name.en not in text(visit(address))
    assert "1 facility" in text(visit(address))
    assert name.en in text(visit(f"{address}?area={YANGBU}&kind=village_room"))
    assert name.en not in text(visit(f"{address}?area={YANGBU}&kind=office"))


def test_a_page_costs_the_same_however_many_areas_there_are(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(15):
        visit(reverse("places:area", args=["411723"]))


def test_who_may_not_change_is_offered_nothing_to_change() -> None:
    page = text(visit(reverse("places:area", args=[HEBEI]), by=Clerk(area=MIAOWAN)))
    assert reverse("places:rename", args=[HEBEI]) not in page
