"""One catalogue for every sentence of the house, without GNU gettext.

People write `locale/zh_Hant/LC_MESSAGES/django.po` (Traditional Chinese); Simplified is derived from it by OpenCC,
except for what `locale/zh_Hans/overrides.po` says. English is the source. `update()` brings the catalogue up to date
with the sources, `missing()` names what a reader would see untranslated, `compile()` makes the binary files.
"""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from jiahe.basis import languages

Sentence = str | tuple[str, ...]
HERE = Path(__file__).parent
SOURCES = HERE.parent
HANT = HERE / "locale" / "zh_Hant" / "LC_MESSAGES" / "django.po"
HANS = HERE / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.mo"
OVERRIDES = HERE / "locale" / "zh_Hans" / "overrides.po"
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_CALL = re.compile(r"(?<!\w)(?:_|n?p?gettext)\((?:u?'(?:\\.|[^'\\])*'|u?\"(?:\\.|[^\"\\])*\"|[\s,]|count)+\)")
_PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def extracted() -> Catalog:
    """Every sentence in the Python files and templates of the house, with the files it stands in."""
    catalog = Catalog(locale="zh_Hant", project="Jiahe", charset="utf-8", fuzzy=False)
    for file in sorted([*SOURCES.rglob("*.py"), *SOURCES.rglob("*.html")]):
        where = file.relative_to(SOURCES).as_posix()
        for found, context in _in_template(file) if file.suffix == ".html" else _in_python(file):
            catalog.add(found, locations=[(where, 0)], flags=_flags(found), context=context)
    return catalog


def update() -> int:
    """Writes the catalogue anew: new sentences untranslated, vanished ones gone. Returns how many it holds."""
    fresh, old = extracted(), _read(HANT)
    for message in fresh:
        if message.id and (known := old.get(message.id, message.context)):
            message.string = known.string
    _write(fresh)
    return len(fresh)


def missing() -> list[str]:
    """What is untranslated or wrongly translated, as sentences for a developer; empty when the house is complete."""
    known = _read(HANT)
    wrong = []
    for message in extracted():
        found = known.get(message.id, message.context) if message.id else None
        if not message.id:
            continue
        if found is None:
            wrong.append(f"not in the catalogue: {_first(message)!r}")
        elif not all(_texts(found.string)):
            wrong.append(f"not translated: {_first(message)!r}")
        elif found.fuzzy:
            wrong.append(f"only guessed: {_first(message)!r}")
        elif not _same_places(message, found.string):
            wrong.append(f"other places in {{braces}} than the source: {_first(message)!r}")
    return wrong


def compile(*, always: bool = False) -> list[Path]:  # noqa: A001
    """Makes the binary catalogues that are older than what they are made of. Returns those it made."""
    hant = HANT.with_suffix(".mo")
    newest = max(path.stat().st_mtime_ns for path in (HANT, OVERRIDES, Path(__file__)) if path.exists())
    due = [path for path in (hant, HANS) if always or not path.exists() or path.stat().st_mtime_ns < newest]
    if due:
        traditional = _read(HANT)
        for path in due:
            path.parent.mkdir(parents=True, exist_ok=True)
            # written aside and moved: another process may be reading it
            aside = path.with_suffix(".mo.new")
            with aside.open("wb") as out:
                write_mo(out, traditional if path == hant else simplified(traditional))
            aside.replace(path)
    return due


def simplified(traditional: Catalog) -> Catalog:
    """The Simplified catalogue: derived, with the overrides where that is not what is said."""
    special = _read(OVERRIDES)
    catalog = Catalog(locale="zh_Hans", project="Jiahe", charset="utf-8", fuzzy=False)
    for message in traditional:
        if not message.id:
            continue
        own = special.get(message.id, message.context)
        special_texts = _texts(own.string) if own else ()
        derived = tuple(map(languages.simplified, _texts(message.string)))
        texts = special_texts if special_texts and all(special_texts) else derived
        string = texts if message.pluralizable else texts[0]
        catalog.add(message.id, string, flags=message.flags, context=message.context)
    return catalog


def _in_python(file: Path) -> Iterator[tuple[Sentence, str | None]]:
    with file.open("rb") as source:
        for _, found, _, context in extract("python", source, keywords=KEYWORDS, options={"encoding": "utf-8"}):
            yield found, context


def _in_template(file: Path) -> Iterator[tuple[Sentence, str | None]]:
    for call in _CALL.findall(templatize(file.read_text("utf-8"), origin=str(file))):
        for _, found, _, context in extract("python", BytesIO(call.encode()), keywords=KEYWORDS):
            yield found, context


def _flags(found: Sentence) -> set[str]:
    text = found if isinstance(found, str) else found[0]
    if re.search(r"%\(\w+\)[sd]", text):
        return {"python-format"}
    return {"python-brace-format"} if re.search(r"\{\w+\}", text) else set()


def _read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog(charset="utf-8")
    with path.open("rb") as source:
        return read_po(source, charset="utf-8")


def _write(catalog: Catalog) -> None:
    catalog.header_comment = "# Jiahe in Traditional Chinese. SPDX-License-Identifier: AGPL-3.0-or-later"
    HANT.parent.mkdir(parents=True, exist_ok=True)
    with HANT.open("wb") as out:
        write_po(out, catalog, width=110, sort_by_file=False, sort_output=True, include_lineno=False, omit_header=False)
    # a changed date alone would make every update a conflict
    lines = [line for line in HANT.read_bytes().splitlines(True) if b"-Date: " not in line]
    HANT.write_bytes(b"".join(lines))


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _texts(string: object) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string or ("",)) if isinstance(string, Iterable) else ("",)


def _same_places(message: Message, string: object) -> bool:
    ids = _texts(message.id)
    allowed = {place for text in ids for place in _PLACE.findall(text)}
    needed = set(_PLACE.findall(ids[-1]))
    return all(needed <= set(_PLACE.findall(text)) <= allowed for text in _texts(string))
