"""The pages that are open to everybody, and those of who leads: what they show, to whom, and what they never tell."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jiahe.basis.ids import new_id
from jiahe.node.clock import now
from jiahe.staff.models import Attempt
from jiahe.staff.session import civil_day
from jiahe.window.definitions import services
from jiahe.window.models import Case
from jiahe.window.rules.receipts import number
from jiahe.window.rules.story import Phase
from jiahe.window.views import citizen
from tests.lib.counter import NUMBER, Counter
from tests.lib.visitors import page, received, send, show

ADDRESSES = [
    *(("window:guide", {}), ("window:notices", {}), ("window:track", {}), ("window:complain", {})),
    *(("window:service", {"service": service.id}) for service in services().versions),
]


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
def test_every_page_is_there_for_everybody_in_three_languages(stranger: Client, language: str) -> None:
    for name, named in ADDRESSES:
        answer = stranger.get(reverse(name, kwargs=named), headers={"Accept-Language": language})
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "no-store"
        assert f'<html lang="{"en" if language == "en" else language.replace("han", "Han")}"' in answer.content.decode()


def test_the_way_in_leads_there_too(stranger: Client) -> None:
    assert f'href="{reverse("window:guide")}"' in page(stranger, "account_login")


class TestGuide:
    def test_it_says_once_all_that_is_to_be_brought_and_what_is_never_asked_for(self, stranger: Client) -> None:
        for service in services().versions:
            text = page(stranger, "window:service", service=service.id)
            assert not [each.id for each in service.documents if each.title.en not in text]
            assert not [step.id for step in service.steps if step.title.en not in text]
            assert not [law.link for law in service.basis if f'href="{law.link}"' not in text]
            assert service.limit is None or f"{service.limit.promised} working days" in text
            assert text.count('class="app-process"') == 2  # one for a desk, one for a phone

    def test_what_is_no_service_is_not_there(self, stranger: Client) -> None:
        assert stranger.get(reverse("window:service", kwargs={"service": "birth_permit"})).status_code == 404


class TestFollowing:
    def test_a_receipt_opens_its_case_and_nothing_else_does(self, counter: Counter, stranger: Client) -> None:
        case, code = received(counter)
        assert stranger.get(reverse("window:followed")).status_code == 303
        answer = show(stranger, case.number, code)
        assert (answer.status_code, answer["Location"]) == (303, reverse("window:followed"))
        answer = stranger.get(reverse("window:followed"))
        text = answer.content.decode()
        assert str(case.due_on) in text
        assert not [hidden for hidden in ("欧阳明", NUMBER, code, str(case.applicant)) if hidden in text]
        assert answer["Cache-Control"] == "no-store"
        assert "夏侯" not in text  # whose turn it is: a post, not a name

    def test_a_wrong_number_and_a_wrong_proof_are_answered_alike(self, counter: Counter, stranger: Client) -> None:
        case, code = received(counter)
        other = number(2026, 1)

        def words(answer: Any, typed: str) -> str:
            assert answer.status_code == 422
            text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|X-CSRFToken": "\w+', "", answer.content.decode())
            return re.sub(r"Page made [\d: -]+", "", text).replace(typed, "")

        wrong_proof = words(show(stranger, case.number, "11111111"), case.number).replace("11111111", "")
        wrong_number = words(show(stranger, other, code), other).replace(code, "")
        assert wrong_proof == wrong_number
        assert code not in wrong_proof

    def test_a_mistyped_number_is_told(self, stranger: Client) -> None:
        answer = show(stranger, number(2026, 1)[:-1] + "x", "1234")
        assert "no receipt number" in answer.content.decode()
        assert not Attempt.objects.exists()

    def test_it_closes_after_twenty_minutes_and_when_one_leaves(self, counter: Counter, stranger: Client) -> None:
        case, code = received(counter)
        show(stranger, case.number, code)
        assert int(stranger.get(reverse("window:followed"))["Refresh"].partition(";")[0]) <= citizen.FOR + 1
        kept = stranger.session
        kept[citizen.FOLLOWED] = [str(case.id), int(now().timestamp()) - citizen.FOR]
        kept.save()
        for name in ("window:followed", "window:rate", "window:withdraw_own"):
            assert stranger.get(reverse(name))["Location"] == reverse("window:track")
        show(stranger, case.number, code)
        send(stranger, "window:leave", {})
        assert stranger.get(reverse("window:followed")).status_code == 303

    def test_the_session_is_a_new_one(self, counter: Counter, stranger: Client) -> None:
        case, code = received(counter)
        send(stranger, "window:leave", {})
        stranger.get(reverse("window:track"))
        stranger.session.save()
        before = stranger.session.session_key
        show(stranger, case.number, code)
        assert stranger.session.session_key != before

    def test_who_guesses_waits_and_who_holds_it_does_not(self, counter: Counter, stranger: Client) -> None:
        case, code = received(counter)
        said = [show(stranger, case.number, f"{guess:08d}").content.decode() for guess in range(7)]
        assert ["Too many tries" in text for text in said] == [False] * 5 + [True] * 2
        assert show(stranger, case.number, code).status_code == 422  # not looked at, so not told either
        at_home = Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR="203.0.113.9")
        assert show(at_home, case.number, code).status_code == 303

    def test_after_ten_wrong_tries_of_the_digits_only_the_code_opens_it(self, counter: Counter) -> None:
        case, code = received(counter)
        places = [Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR=f"203.0.113.{n}") for n in range(12)]
        for place in places[:9]:
            assert show(place, case.number, "1112").status_code == 422
        assert show(places[9], case.number, NUMBER[-4:]).status_code == 303
        for place in places[9:11]:
            show(place, case.number, "1112")
        assert show(places[11], case.number, NUMBER[-4:]).status_code == 422
        assert show(places[11], case.number, code).status_code == 303

    def test_the_applicant_withdraws(self, counter: Counter, stranger: Client) -> None:
        case, code = received(counter)
        show(stranger, case.number, code)
        assert send(stranger, "window:withdraw_own", {}).status_code == 303
        assert Case.objects.get(id=case.id).phase == Phase.WITHDRAWN
        text = page(stranger, "window:followed")
        assert reverse("window:withdraw_own") not in text
        assert reverse("window:rate") in text


class TestComplaints:
    def test_without_a_name_and_with_a_receipt(self, counter: Counter, stranger: Client) -> None:
        answer = send(stranger, "window:complain", {"words": "窗口久等"})
        assert answer["Location"] == reverse("window:complained")
        case = Case.objects.get(service="complaint")
        assert (case.applicant, case.regarding) == (None, None)
        text = page(stranger, "window:complained")
        code = re.search(r">(\d{8})<", text)
        assert code
        assert show(stranger, case.number, code[1]).status_code == 303

    def test_about_the_case_one_followed_if_one_says_so(self, counter: Counter, stranger: Client) -> None:
        case, code = received(counter)
        show(stranger, case.number, code)
        assert "It is about the case" in page(stranger, "window:complain")
        send(stranger, "window:complain", {"words": "a", "about": "on"})
        send(stranger, "window:complain", {"words": "b"})
        assert sorted(map(str, Case.objects.filter(service="complaint").values_list("regarding", flat=True))) == sorted(
            ["None", str(case.id)]
        )

    def test_sent_twice_it_is_one(self, counter: Counter, stranger: Client) -> None:
        said = {"_once": str(new_id(now())), "words": "a"}
        for _ in range(2):
            assert send(stranger, "window:complain", said, once=False)["Location"] == reverse("window:complained")
        assert Case.objects.count() == 1

    def test_nobody_floods_the_office(self, counter: Counter, stranger: Client) -> None:
        answers = [send(stranger, "window:complain", {"words": str(n)}).status_code for n in range(6)]
        assert answers == [303] * 5 + [422]
        assert Case.objects.count() == 5

    def test_the_receipt_is_not_shown_to_the_next_at_that_computer(self, counter: Counter, stranger: Client) -> None:
        send(stranger, "window:complain", {"words": "a"})
        kept = stranger.session
        case, code, since = kept["window.complained"]
        kept["window.complained"] = [case, code, since - citizen.FOR]
        kept.save()
        assert stranger.get(reverse("window:complained"))["Location"] == reverse("window:complain")


class TestNotices:
    def test_they_name_nobody_in_full_and_lead_to_no_case(self, counter: Counter, stranger: Client) -> None:
        began = _working_day_before(civil_day(now()))
        case = counter.accepted(on=began)
        counter.decide(case, "meets", on=began)
        answer = stranger.get(reverse("window:notices"))
        text = answer.content.decode()
        assert "欧阳*" in text
        assert not [hidden for hidden in ("欧阳明", str(case), Case.objects.get(id=case).number) if hidden in text]
        assert "noindex" in answer["X-Robots-Tag"]


def _working_day_before(today: date) -> date:
    """The last working day before today."""
    from jiahe.window.definitions import days

    return next(day for n in range(1, 15) if days().works(day := today - timedelta(days=n)))
