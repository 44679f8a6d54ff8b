"""Rating one's case, and what who leads sees of it."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from jiahe.staff.definitions import roles
from jiahe.staff.doors import CONFIRMED
from jiahe.staff.models import Credential
from jiahe.window.definitions import FOLDER
from jiahe.window.models import Case, Rating
from tests.lib.counter import Counter
from tests.lib.visitors import page, received, send, show


@pytest.fixture
def leader(counter: Counter) -> Client:
    """The county manager's browser, signed in."""
    Credential.objects.create(username="manager", officer=counter.officers["manager"], password="!")
    browser = Client(HTTP_HOST="127.0.0.1")
    browser.force_login(Credential.objects.get(username="manager"))
    kept = browser.session
    kept[CONFIRMED] = True
    kept.save()
    return browser


class TestRatings:
    def rated(self, counter: Counter, stranger: Client, **said: str) -> UUID:
        """A case that its applicant withdrew and rated."""
        case, code = received(counter)
        show(stranger, case.number, code)
        send(stranger, "window:withdraw_own", {})
        assert send(stranger, "window:rate", {"score": "1", **said}).status_code == 303
        return case.id

    def test_nothing_is_chosen_beforehand(self, counter: Counter, stranger: Client) -> None:
        case, code = received(counter)
        show(stranger, case.number, code)
        send(stranger, "window:withdraw_own", {})
        assert " checked" not in page(stranger, "window:rate")
        assert send(stranger, "window:rate", {"payment_asked": "no"}).status_code == 422
        assert not Rating.objects.exists()
        send(stranger, "window:rate", {"score": "4", "payment_asked": "unsaid"})
        assert Rating.objects.get(case=case.id).payment_asked is None
        send(stranger, "window:rate", {"score": "5", "payment_asked": "no"})
        assert [*Rating.objects.order_by("stamp").values_list("score", "payment_asked")] == [(4, None), (5, False)]
        assert "Very satisfied" in page(stranger, "window:followed")

    def test_a_running_case_is_not_rated(self, counter: Counter, stranger: Client) -> None:
        case, code = received(counter)
        show(stranger, case.number, code)
        assert stranger.get(reverse("window:rate"))["Location"] == reverse("window:followed")
        assert send(stranger, "window:rate", {"score": "5"}).status_code == 422

    def test_who_leads_calls_back_and_says_why_he_opens_it(
        self, counter: Counter, stranger: Client, leader: Client
    ) -> None:
        case = self.rated(counter, stranger, words="排队两小时")
        row, rating = Case.objects.get(id=case), Rating.objects.get(case=case).entry
        listed = page(leader, "window:ratings")
        assert reverse("window:rating", kwargs={"rating": rating}) in listed
        hidden = ("欧阳明", row.number, str(case), "排队两小时")
        assert not [each for each in hidden if each in listed + page(leader, "window:rating", rating=rating)]
        answer = send(leader, "window:answer_rating", {"reached": "yes", "words": "x"}, kwargs={"rating": rating})
        assert answer["Location"] == reverse("window:rating", kwargs={"rating": rating})  # not before it is opened
        send(leader, "window:rating", {"reason": "回訪"}, kwargs={"rating": rating})
        text = page(leader, "window:rating", rating=rating)
        assert not [each for each in ("欧阳明", "排队两小时") if each not in text]
        send(leader, "window:answer_rating", {"reached": "yes", "words": "已致歉"}, kwargs={"rating": rating})
        assert "called back" in page(leader, "window:ratings")

    def test_the_page_is_for_who_leads(self, counter: Counter, stranger: Client) -> None:
        assert stranger.get(reverse("window:ratings")).status_code == 303
        known = roles(FOLDER.parent / "roles").values()
        assert {role.id for role in known if "window.lead" in role.reads} == {"county_manager", "township_clerk"}
