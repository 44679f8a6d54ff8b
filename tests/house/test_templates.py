"""Templates: every form is taken once, every page stands in the one frame, no words bypass translation."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

from tests.house.census import addresses, named, templates

pytestmark = pytest.mark.once("sqlcipher")  # reads files

NOT_ONCE = {
    **dict.fromkeys(
        ("account_login", "account_logout", "mfa_authenticate", "account_reauthenticate", "account_change_password"),
        "the journal must not wait while a password is hashed, and nothing is recorded",
    ),
    **dict.fromkeys(
        ("mfa_index", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes"),
        "django-allauth's steps: secrets of this node, no facts",
    ),
    "mfa_generate_recovery_codes": "django-allauth's step: secrets of this node, no facts",
    "window:track": "asks for a receipt; the journal must not wait for who guesses",
    "window:leave": "the browser forgets a case",
    "window:find": "a search",
    "staff:account": "shows the account",
    "staff:choose_post": "says in which post the session acts; recorded with the first deed",
    "exchange:imports": "a file is read before anybody has to wait; the same file sent twice is one import",
    "exchange:check": "asks the register, records nothing; going on twice is going on",
    "exchange:roster": "its answer is the file; what it records, it records in a short turn of its own",
    "node:cable": "the demo's cable, no fact; it says which of two states is wanted, so twice is as once",
    "registry:search": "is posted so that no name stands in an address; its answer is a page",
}
"""Views whose POST takes no key, each with its reason."""

WITHOUT_KEY = {
    "node/templates/node/network.html": "node:cable is not_once",
    "registry/templates/registry/_search.html": "registry:search is not_once",
    "staff/templates/staff/_entry_form.html": "signing in is not_once",
    "window/templates/window/work.html": "window:find is not_once",
    "window/templates/window/track.html": "window:track is not_once",
    "window/templates/window/followed.html": "window:leave is not_once",
}
OWN_WORDS = {"English"}
"""Words that are the same in every language: the languages' names in themselves."""

HOLE = "\ufffc"
"""Stands where a tag or a value stood."""
READ_ATTRIBUTES = {
    "title",
    "alt",
    "placeholder",
    "aria-label",
    "data-label",
    "label",
    "value",
    "content",
    "data-confirm",
}
UNREAD_CONTENT = re.compile(r"width=device-width|noindex|light dark|^\{")
LETTERS = re.compile(r"[A-Za-z]{3,}|[\u4e00-\u9fff]")
FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL)


def text_of(path: Path) -> str:
    """A template."""
    return path.read_text("utf-8")


def pages() -> list[Path]:
    """The templates that a view renders whole; parts begin with an underscore or belong to the ui room."""
    return [path for path in templates() if not path.name.startswith("_") and "ui/templates" not in named(path)]


@pytest.mark.parametrize("path", pages(), ids=named)
def test_every_page_stands_in_the_frame(path: Path) -> None:
    text = text_of(path)
    assert text.startswith('{% extends "ui/page.html" %}')
    assert "{% block title %}" in text
    assert "{% block content %}" in text
    heading = re.search(r"\{% block heading %\}(.*?)\{% endblock", text, re.DOTALL)
    problem = "{% block header %}" in text and ("errors/" in text or "<h1" in text)
    assert problem or (heading and heading[1].strip()), "every page says where one is"


@pytest.mark.parametrize("path", templates(), ids=named)
def test_every_form_that_is_sent_has_its_tokens(path: Path) -> None:
    for form in FORM.findall(text_of(path)):
        method = re.search(r'method="(\w+)"', form)
        assert method, "a form says its method"
        if method[1] == "post":
            assert "{% csrf_token %}" in form
            assert "{% once %}" in form or named(path) in WITHOUT_KEY
        else:
            assert "{% once %}" not in form
            assert "csrf" not in form


def test_every_form_without_a_key_has_its_reason() -> None:
    assert {address.name for address in addresses() if getattr(address.view, "not_once", False)} == set(NOT_ONCE)


class Reader(HTMLParser):
    """Collects the words that would be read as they stand."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in {"script", "style"}
        for name, value in attrs:
            read = name in READ_ATTRIBUTES and not (name == "value" and tag not in {"input", "button"})
            if read and value and not (name == "content" and UNREAD_CONTENT.search(value)):
                self.words.append(value)

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(data)


def bare_words(text: str) -> list[str]:
    """What a reader would see of the template's own text, outside everything that is translated."""
    html, translated = "", False
    for token in Lexer(text).tokenize():
        if token.token_type == TokenType.BLOCK:
            word = token.contents.split()[0]
            translated = word.startswith("blocktrans") or (translated and not word.startswith("endblocktrans"))
        if token.token_type == TokenType.TEXT and not translated:
            html += token.contents
        elif token.token_type != TokenType.TEXT:
            html += HOLE
    reader = Reader()
    reader.feed(html)
    found = [word.strip() for said in reader.words for word in said.split(HOLE) if LETTERS.search(word)]
    return [word for word in found if word not in OWN_WORDS and word not in {"繁體", "简体", "繁體中文", "简体中文"}]


@pytest.mark.parametrize("path", templates(), ids=named)
def test_no_words_bypass_translation(path: Path) -> None:
    assert not bare_words(text_of(path))


def test_bare_words_would_be_found() -> None:
    assert bare_words('<p>{% translate "Fine" %} <b>Not fine</b></p>') == ["Not fine"]
    assert bare_words('<input placeholder="A name">{% blocktranslate %}Fine{% endblocktranslate %}') == ["A name"]


@pytest.mark.parametrize("path", templates(), ids=named)
def test_nothing_that_the_content_policy_would_refuse(path: Path) -> None:
    text = text_of(path)
    assert not re.search(r"\sstyle=|\son\w+=|<style\b|<script>", text)
    assert not re.search(r'(src|href)="(https?:)?//', text), "everything comes from this node"
