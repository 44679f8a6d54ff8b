"""A case that another node decides: its page says where it lies, and offers only what can be done everywhere."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from jiahe.journal import origins
from jiahe.staff.doors import CONFIRMED
from jiahe.staff.models import Credential
from jiahe.staff.session import CHOSEN
from jiahe.window import actions
from jiahe.window.facts import Relation
from tests.lib.counter import AREAS, MONDAY, TOWNSHIP, Counter, day

TUESDAY = MONDAY + timedelta(days=1)
FORMS = ("accept", "decline", "tell_missing", "hand_over", "decide", "stop", "extend", "take", "deliver")
EVERYWHERE = ("bring", "attach", "withdraw", "code")


@pytest.fixture
def case(counter: Counter) -> UUID:
    """A case in its first step, in the township."""
    return counter.accepted()


def whose_desk(counter: Counter, case: UUID) -> str:
    """Who has the case."""
    stage = counter.story(case).stage
    assert stage is not None
    return next(name for name, post in counter.posts.items() if post == stage.desk)


@pytest.fixture
def clerk(counter: Counter, case: UUID) -> Client:
    """Whoever in the township has it on his desk, at a browser of the county's node."""
    who = whose_desk(counter, case)
    account, _ = Credential.objects.get_or_create(username=who, officer=counter.officers[who], password="!")
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(account)
    kept = client.session
    kept[CONFIRMED], kept[CHOSEN] = True, str(counter.posts[who])
    kept.save()
    return client


@pytest.fixture
def township(clerk: Client) -> None:
    """From now on the township has a node of its own."""
    origins.trust(origins.name_of(TOWNSHIP, bytes(32)), bytes(32), TOWNSHIP)


def page(client: Client, address: str) -> str:
    """What a page says on Tuesday."""
    with time_machine.travel(day(TUESDAY), tick=False):
        answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def assert_held_elsewhere(client: Client, address: str) -> None:
    """The page says by whom it is decided, why, and what to do now; it has no form."""
    with time_machine.travel(day(TUESDAY), tick=False):
        answer = client.get(address)
    said = words(answer.content.decode())
    assert answer.status_code == 409
    assert f"This is decided by the node of {AREAS[TOWNSHIP]}, not here." in said
    assert "One record is on one desk." in said
    assert "Ask that office to decide it or to hand it over" in said
    assert "<form" not in answer.content.decode().partition("<main")[2]


def words(html: str) -> str:
    """Without tags and line breaks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def links(html: str, case: UUID) -> set[str]:
    """The forms about the case to which the page leads."""
    return {
        name
        for name in (*FORMS, *EVERYWHERE, "assign")
        if reverse(f"window:{name}", args=[case] if name != "assign" else []) in html
    }


@pytest.mark.usefixtures("township")
def test_the_page_says_where_the_case_lies_instead_of_its_forms(clerk: Client, case: UUID) -> None:
    html = page(clerk, reverse("window:case", args=[case]))
    assert f"This case lies at the node of {AREAS[TOWNSHIP]} and is decided there, not here." in words(html)
    assert links(html, case) == set(EVERYWHERE)


def test_where_it_is_decided_the_page_has_its_forms_and_no_such_sentence(clerk: Client, case: UUID) -> None:
    html = page(clerk, reverse("window:case", args=[case]))
    assert "lies at the node" not in words(html)
    assert "decide" in links(html, case)


@pytest.mark.usefixtures("township")
def test_a_list_marks_it_in_words(clerk: Client, case: UUID) -> None:
    assert f"decided at the node of {AREAS[TOWNSHIP]}" in words(page(clerk, reverse("window:work")))


@pytest.mark.usefixtures("township")
@pytest.mark.parametrize("form", FORMS)
def test_a_form_that_could_only_be_refused_is_not_shown_but_says_so(clerk: Client, case: UUID, form: str) -> None:
    assert_held_elsewhere(clerk, reverse(f"window:{form}", args=[case]))


@pytest.mark.usefixtures("township")
@pytest.mark.parametrize("form", EVERYWHERE)
def test_a_form_for_what_can_be_done_everywhere_is_shown(clerk: Client, case: UUID, form: str) -> None:
    assert "<form" in page(clerk, reverse(f"window:{form}", args=[case])).partition("<main")[2]


@pytest.mark.usefixtures("township")
def test_nor_is_the_form_that_puts_it_on_another_desk(clerk: Client, case: UUID) -> None:
    assert_held_elsewhere(clerk, f"{reverse('window:assign')}?case={case}")


@pytest.mark.usefixtures("township")
def test_nor_is_the_button_that_passes_it_on_unseen(counter: Counter, clerk: Client, case: UUID) -> None:
    with time_machine.travel(day(TUESDAY), tick=False):
        applicant, by = counter.people["欧阳明"], counter.acting(whose_desk(counter, case))
        actions.declare_interest(person=applicant, relation=Relation.KIN, by=by, at=day(TUESDAY))
    assert_held_elsewhere(clerk, reverse("window:case", args=[case]))
    assert_held_elsewhere(clerk, reverse("window:pass_on", args=[case]))


@pytest.mark.usefixtures("township")
def test_who_sends_the_form_all_the_same_reads_why_it_is_not_taken(counter: Counter, clerk: Client, case: UUID) -> None:
    sent: dict[str, Any] = {"_once": str(uuid4()), "outcome": "meets", "reason": ""}
    with time_machine.travel(day(TUESDAY), tick=False):
        answer = clerk.post(reverse("window:decide", args=[case]), sent)
    assert answer.status_code == 422
    assert f"This is decided by the node of {AREAS[TOWNSHIP]}, not here." in words(answer.content.decode())
    stage = counter.story(case).stage
    assert stage is not None
    assert stage.step == "first_review"
