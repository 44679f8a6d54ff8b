"""The frame, forms and error pages, as a browser gets them."""

import re

import pytest
from django.test import Client, override_settings

pytestmark = pytest.mark.filterwarnings("ignore:No directory at")

HERE = "tests.rooms.ui.urls"


@pytest.fixture
def client():
    """A browser on the small addresses, without session or database."""
    settings = override_settings(
        ROOT_URLCONF=HERE,
        UI_FRAME=f"{HERE}.frame",
        MESSAGE_STORAGE="django.contrib.messages.storage.cookie.CookieStorage",
        STORAGES={"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}},
        MIDDLEWARE=[
            "jiahe.ui.headers.security_headers",
            "jiahe.ui.preferences.preferences",
            "django.middleware.locale.LocaleMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "jiahe.ui.respond.keep_message",
            f"{HERE}.officer",
            "jiahe.ui.problems.ProblemMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.messages.context_processors.messages",
                        "jiahe.ui.frame.context",
                    ]
                },
            }
        ],
    )
    with settings:
        yield Client(raise_request_exception=False)


def test_the_frame_shows_what_the_officer_may_read_and_who_he_is(client):
    page = client.get("/book/").content.decode()
    assert '<a href="/book/" aria-current="page">' in page
    assert "/vault/" not in page
    assert 'class="app-skip" href="#main"' in page
    assert page.count("<main ") == page.count("<h1>") == 1
    assert "Synthetic data" in page
    assert "Clock behind." in page
    assert 'name="post" value="2"' in page


def test_nothing_is_inline_and_nothing_stays_in_the_cache(client):
    answer = client.get("/book/")
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer["Cache-Control"] == "no-store"
    page = answer.content.decode()
    assert not re.search(r"\sstyle=|\son\w+=|<style", page)
    assert not re.search(r"<script(?![^>]*\ssrc=)(?![^>]*application/json)", page)


@pytest.mark.parametrize(
    ("language", "lang", "said"),
    [("en", "en", "Skip to content"), ("zh-hant", "zh-Hant", "跳到"), ("zh-hans", "zh-Hans", "跳到")],
)
def test_a_link_changes_the_language_for_good(client, language, lang, said):
    kept = client.get(f"/book/?language={language}&page=x")
    assert kept["Location"] == "/book/?page=x"
    page = client.get("/book/").content.decode()
    assert f'<html lang="{lang}">' in page
    assert said in page


def test_a_link_changes_light_and_dark_for_good(client):
    assert "data-bs-theme" not in client.get("/book/").content.decode()
    client.get("/book/?theme=dark")
    assert '<html lang="en" data-bs-theme="dark">' in client.get("/book/").content.decode()
    client.get("/book/?theme=auto")
    assert "data-bs-theme" not in client.get("/book/").content.decode()


def test_a_preference_never_leads_to_another_host(client):
    assert client.get("/%2Fevil.example/?theme=dark")["Location"] == "/evil.example/"


def test_each_field_has_a_label_and_its_help(client):
    page = client.get("/book/").content.decode()
    assert '<label class="form-label" for="id_card">Card<span class="app-required">required</span></label>' in page
    assert 'aria-describedby="id_card_helptext"' in page
    assert 'id="id_card_helptext"' in page
    assert 'type="date"' in page
    assert "<legend>Reader</legend>" in page
    assert re.search(r'name="_once" value="[0-9a-f-]{36}"', page)


def test_errors_are_listed_first_and_lead_to_their_fields(client):
    answer = client.post("/book/", {"card": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: Book" in page
    assert '<a href="#id_card">' in page
    assert '<a href="#id_kind_group">' in page
    assert 'id="id_kind_group"' in page
    assert 'aria-invalid="true"' in page
    assert 'id="id_card_error"' in page
    assert page.index("app-summary") < page.index('name="card"')


def test_a_problem_of_the_action_comes_back_on_its_field_with_what_was_typed(client):
    page = client.post("/book/", {"card": "old", "kind": "a", "told": "on", "note": "kept"}).content.decode()
    assert "It ended on 2026-01-01. Renew it." in page
    assert "kept</textarea>" in page


def test_success_is_see_other_and_says_so_once(client):
    answer = client.post("/book/", {"card": "1", "kind": "a", "told": "on"})
    assert (answer.status_code, answer["Location"]) == (303, "/book/")
    assert "Lent." in client.get("/book/").content.decode()
    assert "Lent." not in client.get("/book/").content.decode()


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/uncaught/", 409, "Renew it."),
        ("/nowhere/", 404, "There is nothing here."),
        ("/bug/", 500, "Something in the system has failed."),
    ],
)
def test_an_error_is_a_calm_page(client, address, status, said):
    answer = client.get(address)
    assert answer.status_code == status
    assert said in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


def test_a_problem_in_a_part_of_a_page_is_a_part(client):
    part = client.get("/uncaught/", headers={"HX-Request": "true"}).content.decode()
    assert "Renew it." in part
    assert "<html" not in part


def test_an_empty_list_says_what_to_do(client):
    page = client.get("/empty/").content.decode()
    assert "No books" in page
    assert '<a class="btn btn-primary" href="/buy">Buy</a>' in page
