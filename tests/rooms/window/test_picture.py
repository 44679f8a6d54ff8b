# SPDX-License-Identifier: AGPL-3.0-or-later
"""The process diagram: sound XML that reads aloud, says everything of every service, in three languages."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from jiahe.basis.languages import LANGUAGES
from jiahe.staff.definitions import roles
from jiahe.window.definitions import FOLDER, Service, load, parse
from jiahe.window.rules.picture import picture
from jiahe.window.rules.setting import lines, width

ROLES = roles(FOLDER.parent / "roles")
SERVICES = {service.id: service for service in load(FOLDER, roles=ROLES).versions}
SVG = "{http://www.w3.org/2000/svg}"
each_service = pytest.mark.parametrize("service", SERVICES.values(), ids=list(SERVICES))


def drawn(service: Service, language: str = "en", current: str = "", wide: int = 600) -> ElementTree.Element:
    """The picture, read as XML."""
    return ElementTree.fromstring(picture(service, ROLES, language=language, current=current, wide=wide))  # noqa: S314 - our own


def letters(words: str) -> str:
    """What is left of words when spaces and line breaks are not looked at."""
    return re.sub(r"\s", "", words)


@each_service
@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_said_in_every_language(service: Service, language: str) -> None:
    root = drawn(service, language)
    seen = letters("".join(root.itertext()))
    heard = letters(root.findtext(f"{SVG}desc") or "")
    assert root.get("lang") == language
    for step in service.steps:
        for text in (step.title, ROLES[step.role].title, *(outcome.title for outcome in step.outcomes)):
            words = letters(text.in_language(language))
            assert words in heard
            assert words in seen.replace(heard, "")
    if language != "en":
        assert not re.search(r"[A-Za-z]{3,}", seen), "a word was left in English"


@each_service
def test_it_reads_aloud_and_needs_no_script_and_no_style(service: Service) -> None:
    root = drawn(service)
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert root.get("role") == "img"
    assert root.get("aria-labelledby", "").split() == ids[:2]
    assert root.findtext(f"{SVG}title") == service.title.en
    assert len(ids) == len(set(ids))
    assert not [node for node in root.iter() if node.tag in {f"{SVG}script", f"{SVG}style"} or node.get("style")]


@each_service
@pytest.mark.parametrize("wide", [320, 600], ids=["phone", "screen"])
def test_nothing_stands_outside_the_picture(service: Service, wide: int) -> None:
    for language in LANGUAGES:
        root = drawn(service, language, service.steps[-1].id, wide)
        height = float(root.get("height", "0"))
        for node in root.iter(f"{SVG}text"):
            size, bold = int(node.get("font-size", "14")), node.get("font-weight") == "600"
            long = width("".join(node.itertext()), size, bold=bold)
            begin = float(node.get("x", "0")) - (long / 2 if node.get("text-anchor") else 0)
            assert 0 <= begin
            assert begin + long <= wide
            assert size <= float(node.get("y", "0")) <= height


def test_the_current_step_is_marked_in_the_picture_and_in_words() -> None:
    subsidy = SERVICES["childcare_subsidy"]
    root = drawn(subsidy, "zh-hant", "confirmation")
    (marked,) = [node for node in root.iter() if node.get("aria-current") == "step"]
    assert "審核確認" in "".join(marked.itertext())
    assert "目前在此" in "".join(marked.itertext())
    assert (root.findtext(f"{SVG}desc") or "").count("目前在此") == 1
    assert not [node for node in drawn(subsidy).iter() if node.get("aria-current")]
    with pytest.raises(KeyError):
        picture(subsidy, ROLES, language="en", current="cellar")


def test_a_way_back_is_broken_and_every_outcome_names_its_station() -> None:
    root = drawn(SERVICES["childcare_subsidy"])
    assert len([node for node in root.iter(f"{SVG}path") if node.get("stroke-dasharray")]) == 1
    numbers = [
        node.text for node in root.iter(f"{SVG}text") if (node.text or "").isdigit() and node.get("font-size") == "13"
    ]
    assert numbers == ["2", "3", "3", "3", "4", "3"]


def test_words_of_a_service_cannot_become_markup() -> None:
    text = (FOLDER / "complaint-1.toml").read_text("utf-8").replace("First contact", "<b>A & {B}</b>")
    root = drawn(parse(text, name="complaint-1.toml", roles=ROLES))
    assert any(node.text == "<b>A & {B}</b>" for node in root.iter(f"{SVG}text"))


def test_lines_break_where_people_would() -> None:
    assert lines("Looked at by the county", 100, 14) == ["Looked at by", "the county"]
    assert lines("公示期滿，無異議。", 56, 14) == ["公示期", "滿，無異", "議。"]
    assert lines("", 50, 14) == [""]
