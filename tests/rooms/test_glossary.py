# SPDX-License-Identifier: AGPL-3.0-or-later
"""GLOSSARY.md has every noun of the code that stands for something kept, and says it in real Simplified Chinese."""

from __future__ import annotations

import re

from django.apps import apps
from opencc import OpenCC

from jiahe.journal.facts import KINDS
from jiahe.node.wiring import CONSEQUENCES
from jiahe.staff.definitions import roles
from tests.lib.papers import ROOT, rows

GLOSSARY = ROOT / "GLOSSARY.md"


def named() -> set[str]:
    """Every code name on the page."""
    return set(re.findall(r"`([A-Z]\w+)`", GLOSSARY.read_text("utf-8")))


def test_every_table_has_its_word() -> None:
    ours = {model.__name__ for model in apps.get_models() if model.__module__.startswith("jiahe.")}
    assert not ours - named()


def test_every_fact_has_its_words_and_no_fact_is_made_up() -> None:
    facts = {cells[0].strip("`") for cells in rows(GLOSSARY) if re.fullmatch(r"`[A-Z]\w+`", cells[0])}
    ours = {
        kind.cls.__name__ for kind in KINDS.values() if kind.cls.__module__.startswith("jiahe.") and kind.newer is None
    }
    assert facts == ours
    assert {consequence.fact.__name__ for consequence in CONSEQUENCES} <= facts


def test_every_code_name_exists() -> None:
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "src" / "jiahe").rglob("*.py"))
    assert not {name for name in named() if not re.search(rf"^class {name}\b", source, re.MULTILINE)}


def test_simplified_follows_from_traditional() -> None:
    simplify = OpenCC("t2s").convert
    table = [
        cells for cells in rows(GLOSSARY) if len(cells) >= 3 and cells[1] and re.match(r"[\u4e00-\u9fff]", cells[1])
    ]
    assert not [cells[0] for cells in table if cells[1] != "繁體中文" and cells[2] != simplify(cells[1])]


def test_no_word_is_explained_twice() -> None:
    words = [cells[0] for cells in rows(GLOSSARY) if len(cells) == 4 and cells[0] not in {"English", "fact"}]
    assert sorted(words) == sorted(set(words))


def test_roles_are_called_as_their_files_call_them() -> None:
    page = {cells[1] for cells in rows(GLOSSARY) if len(cells) == 3}
    assert {role.title.zh_hant for role in roles(ROOT / "content" / "roles").values()} <= page
