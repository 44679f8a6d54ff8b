"""The board as officers see it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from jiahe.basis.periods import Grain, Period
from jiahe.indicators import queries
from jiahe.journal.queries import head
from jiahe.registry.facts import Sex
from jiahe.staff.session import civil_day
from tests.rooms.indicators.histories import born, died, living, moved_in, moved_out, registered, tell
from tests.rooms.staff.small_office import COUNTY, NORTH, NORTH_VILLAGE, SOUTH, SOUTH_VILLAGE, Office

TODAY = civil_day(datetime.now(UTC))
BOARD = "/board/"


def figures(html: str) -> dict[str, str]:
    """The numbers on the page, by their ids."""
    return dict(re.findall(r'data-figure="([^"]+)">([^<]*)<', html))


def page(office: Office, key: str, address: str = BOARD, **headers: str) -> str:
    """The page, as that officer gets it."""
    response = office.inside(key).get(address, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def test_a_number_is_never_behind_its_record(office: Office) -> None:
    assert figures(page(office, "manager"))["births"] == "0"
    tell(registered("Mei", area=NORTH_VILLAGE, since=TODAY), born("Mei", area=NORTH_VILLAGE, on=TODAY))
    shown = figures(page(office, "manager"))
    assert (shown["births"], shown["residents"], shown[f"{NORTH}.births"], shown["sum.births"]) == ("1", "1", "1", "1")
    assert shown["stamp.seq"] == str(head().size)
    assert (shown["stamp.reported"], shown["stamp.villages"]) == ("1", "2")


def test_a_township_officer_sees_only_his_township(office: Office) -> None:
    tell(born("Mei", area=NORTH_VILLAGE, on=TODAY), born("Hai", area=SOUTH_VILLAGE, on=TODAY))
    html = page(office, "clerk")
    assert "南" not in html
    assert SOUTH not in html
    assert figures(html)["births"] == "1"
    assert figures(page(office, "manager"))["births"] == "2"
    for area in (COUNTY, SOUTH, SOUTH_VILLAGE, "41", "999"):
        assert office.inside("clerk").get(reverse("indicators:board", args=[area])).status_code == 404


def test_strangers_and_other_methods_are_turned_away(office: Office, client) -> None:
    client.defaults["HTTP_HOST"] = "127.0.0.1"
    for address in (BOARD, reverse("indicators:board", args=[COUNTY]), reverse("indicators:events")):
        assert client.get(address).status_code == 303
        assert office.inside("manager").post(address, {"_once": str(uuid4())}).status_code == 405


def test_one_goes_down_to_a_village_and_up_again(office: Office) -> None:
    assert reverse("indicators:board", args=[NORTH]) in page(office, "manager")
    html = page(office, "manager", reverse("indicators:board", args=[NORTH_VILLAGE]))
    assert "北村" in html
    assert reverse("indicators:board", args=[NORTH]) in html
    assert 'id="parts-title"' not in html


def test_periods_are_chosen_and_the_future_is_not_offered(office: Office) -> None:
    before = Period.of(Grain.MONTH, TODAY).previous()
    tell(born("Mei", area=NORTH_VILLAGE, on=before.start))
    now = page(office, "manager")
    assert f"period={before.label()}" in now
    assert 'rel="next"' not in now
    html = page(office, "manager", f"{BOARD}?period={before.label()}")
    assert figures(html)["births"] == "1"
    assert 'rel="next"' in html
    for label in (before.start.isoformat(), "2024-Q1", "2024", "2090-01"):
        page(office, "manager", f"{BOARD}?period={label}")
    assert office.inside("manager").get(f"{BOARD}?period=soon").status_code == 404


def test_the_table_is_sorted_by_link(office: Office) -> None:
    tell(born("Hai", area=SOUTH_VILLAGE, on=TODAY))

    def order(sort: str) -> list[str]:
        html = page(office, "manager", f"{BOARD}?sort={sort}")
        return re.findall(r'data-figure="(\d+)\.births"', html)

    assert order("") == order("births") == order("nonsense") == [NORTH, SOUTH]
    assert order("-births") == order("-name") == [SOUTH, NORTH]
    assert "sort=births" in page(office, "manager", f"{BOARD}?sort=-births")
    assert 'aria-sort="descending"' in page(office, "manager", f"{BOARD}?sort=-state")


def beside(name: str, area: str = COUNTY) -> str:
    """The address of a page beside the board."""
    return reverse(f"indicators:{name}", args=[area])


def test_sex_and_age_are_on_a_page_of_their_own(office: Office) -> None:
    assert beside("population") in page(office, "manager")
    tell(
        registered("Mei", area=NORTH_VILLAGE, since=TODAY, birth=TODAY.replace(year=TODAY.year - 36, day=1)),
        registered("Hai", area=SOUTH_VILLAGE, since=TODAY, sex=Sex.MALE),
    )
    html = page(office, "manager", beside("population"))
    shown = figures(html)
    assert (shown["age.35.female"], shown["age.0.male"], shown["age.sum.both"], shown["residents"]) == (
        "1",
        "1",
        "2",
        "2",
    )
    assert (shown[f"{NORTH}.between"], shown[f"{SOUTH}.young"], shown["sum.dependency"]) == ("1", "1", "100.0")
    assert shown["median_age_group"] == "0–4"
    assert "age.0.other" not in shown
    assert beside("population", NORTH) in html
    assert shown["stamp.seq"] == str(head().size)
    tell(registered("Lan", area=NORTH_VILLAGE, since=TODAY, sex=Sex.UNSTATED))
    assert figures(page(office, "manager", beside("population")))["age.0.other"] == "1"


def test_single_ages_are_never_on_the_page(office: Office) -> None:
    tell(registered("Mei", area=NORTH_VILLAGE, since=TODAY, birth=TODAY.replace(year=1987, day=1)))
    html = page(office, "manager", beside("population", NORTH_VILLAGE))
    assert "1987" not in html
    assert {id_.split(".")[1] for id_ in figures(html) if id_.startswith("age.")} == {
        *(str(low) for low in range(0, 90, 5)),
        "sum",
    }


def test_moves_are_told_from_where_to_where(office: Office) -> None:
    assert "No moves" in page(office, "manager", beside("moves"))
    tell(
        *living(NORTH_VILLAGE, "Mei", "Lan", "Wang"),
        registered("Hai", area=SOUTH_VILLAGE, since=TODAY),
        moved_in("Mei", area=SOUTH_VILLAGE, on=TODAY),
        moved_in("Hai", area=SOUTH_VILLAGE, on=TODAY, origin="Shanghai"),
        moved_out("Lan", area=NORTH_VILLAGE, on=TODAY, to="Shanghai"),
        moved_out("Wang", area=NORTH_VILLAGE, on=TODAY),
    )
    html = page(office, "manager", beside("moves"))
    shown, overview = figures(html), figures(page(office, "manager"))
    assert (shown[f"in.{NORTH}.{SOUTH}"], shown[f"in.elsewhere.{SOUTH}"], shown["in.sum.sum"]) == ("1", "1", "2")
    assert (shown[f"out.{NORTH}.elsewhere"], shown[f"out.{NORTH}.{SOUTH}"], shown["out.sum.sum"]) == ("2", "1", "3")
    assert (shown["came"], shown["within"], shown["left"], shown["across"]) == ("1", "1", "2", "−1")
    assert (shown["in.sum.sum"], shown["out.sum.sum"]) == (overview["moves_in"], overview["moves_out"])
    assert shown["across"] == overview["net_migration"]
    assert figures(page(office, "manager", beside("moves", NORTH)))["across"] == "−3"
    assert figures(page(office, "manager", beside("moves", SOUTH)))["across"] == "2"
    assert beside("moves", NORTH) in html
    assert "Shanghai" not in html


def test_the_pages_beside_the_board_are_seen_by_the_same_officers(office: Office, client) -> None:
    client.defaults["HTTP_HOST"] = "127.0.0.1"
    tell(moved_in("Mei", area=NORTH_VILLAGE, on=TODAY, origin=SOUTH_VILLAGE))
    for name in ("population", "moves"):
        html = page(office, "clerk", beside(name, NORTH))
        assert "南" not in html
        assert SOUTH not in html
        assert office.inside("clerk").get(beside(name, SOUTH)).status_code == 404
        assert office.inside("clerk").get(beside(name)).status_code == 404
        assert client.get(beside(name)).status_code == 303
        assert office.inside("manager").post(beside(name), {"_once": str(uuid4())}).status_code == 405


@pytest.mark.parametrize("name", ["population", "moves"])
def test_the_figures_alone_are_those_of_the_page_one_looks_at(office: Office, name: str) -> None:
    tell(*living(NORTH_VILLAGE, "Mei"), moved_in("Mei", area=SOUTH_VILLAGE, on=TODAY))
    html = page(office, "manager", beside(name))
    assert f"/events?page={name}&amp;" in html
    alone = page(office, "manager", f"{reverse('indicators:events')}?page={name}")
    assert {**figures(alone), "stamp.time": ""} == {**figures(html), "stamp.time": ""}
    assert figures(page(office, "manager", f"{reverse('indicators:events')}?page=nonsense"))["moves_in"] == "1"


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
def test_the_board_speaks_the_readers_language(office: Office, language: str) -> None:
    html = page(office, "manager", **{"Accept-Language": language})
    assert {"en": "Natural increase", "zh-hant": "自然增長", "zh-hans": "自然增长"}[language] in html


def test_the_figures_alone_are_what_the_page_shows(office: Office) -> None:
    tell(born("Mei", area=NORTH_VILLAGE, on=TODAY))
    alone = page(office, "manager", reverse("indicators:events"))
    assert "<html" not in alone
    assert figures(alone) == {**figures(page(office, "manager")), "stamp.time": figures(alone)["stamp.time"]}
    assert office.inside("clerk").get(reverse("indicators:events"), {"area": SOUTH}).status_code == 404


def test_a_board_is_computed_once_until_the_journal_grows(office: Office, monkeypatch) -> None:
    made = []
    compute = queries.board
    monkeypatch.setattr(queries, "board", lambda *args, **more: made.append(1) or compute(*args, **more))
    tell(born("Mei", area=NORTH_VILLAGE, on=TODAY - timedelta(days=1)))
    for _ in range(3):
        page(office, "manager")
        page(office, "manager", reverse("indicators:events"))
    assert len(made) == 1
    page(office, "clerk")
    tell(died("Old Li", area=NORTH_VILLAGE, on=TODAY))
    assert figures(page(office, "manager"))["deaths"] == "1"
    assert len(made) == 3
