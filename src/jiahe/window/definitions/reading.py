"""From the text of a file to a service, and from a folder to the book of services; refuses with file and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from jiahe.basis.languages import simplified
from jiahe.staff.definitions import Role
from jiahe.window import problems
from jiahe.window.definitions.checks import faults
from jiahe.window.definitions.lines import Path as Keys
from jiahe.window.definitions.lines import line_of, path_in
from jiahe.window.definitions.shapes import Service, Source

FOLDER = Path(__file__).resolve().parents[4] / "content" / "services"
_ID = re.compile(r"[a-z]+(_[a-z]+)*")
_CODE = re.compile(r"|[0-9A-Z]{12}")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Services:
    """All versions of all services."""

    versions: tuple[Service, ...]

    def on(self, day: date) -> tuple[Service, ...]:
        """The services in force on a day, one version of each."""
        return tuple(service for service in self.versions if service.in_force(day))

    def one(self, id_: str, day: date) -> Service:
        """The version of a service in force on a day. Raises NoSuchService."""
        found = next((service for service in self.on(day) if service.id == id_), None)
        if found is None:
            raise problems.NoSuchService(service=id_, day=day)
        return found

    def version(self, id_: str, version: int) -> Service:
        """The version a case was accepted under, in force or not. Raises KeyError."""
        return {(service.id, service.version): service for service in self.versions}[id_, version]


def parse(text: str, *, name: str, roles: Mapping[str, Role]) -> Service:
    """The service written in the TOML `text` of the file `name`. Raises Refused, of the first thing that is wrong.

    >>> parse('id = "x"\\nfree = true', name="x-1.toml", roles={})
    Traceback (most recent call last):
    jiahe.window.problems.content.UnknownShape: window.unknown_shape: x-1.toml, line 2: Object contains unknown ...
    """
    service = read(text, Service, name=name)
    if not _ID.fullmatch(service.id) or f"{service.id}-{service.version}.toml" != name:
        raise _refused(problems.WrongFileName, text, name, ("id",), expected=f"{service.id}-{service.version}.toml")
    if not _CODE.fullmatch(service.catalogue_code):
        detail = "a catalogue code has 12 digits or capital letters"
        raise _refused(problems.UnknownShape, text, name, ("catalogue_code",), detail=detail)
    for fault in faults(service, roles):
        raise _refused(fault.problem, text, name, fault.path, **fault.values)
    return service


def read(text: str, shape: type[T], *, name: str) -> T:
    """The TOML `text` as a value of that shape, with words in three languages. Raises Refused."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said, _, at = str(error).partition(" (at ")
        found = re.match(r"line (\d+)", at)
        line = int(found[1]) if found else len(text.splitlines())
        raise problems.Unreadable(file=name, line=line, detail=said) from error
    if bare := _put_into_three_languages(table, ()):
        raise _refused(problems.NotInBothLanguages, text, name, bare, key=".".join(map(str, bare)))
    try:
        return msgspec.convert(table, shape, builtin_types=(date,))
    except msgspec.ValidationError as error:
        path, said = path_in(str(error)), str(error).partition(" - at ")[0]
        if unknown := re.search(r"unknown field `(\w+)`", said):
            path = (*path, unknown[1])
        raise _refused(problems.UnknownShape, text, name, path, detail=said) from error


def gather(files: Mapping[str, str], *, roles: Mapping[str, Role]) -> Services:
    """All services of these files (name and text), checked against each other. Raises Refused."""
    found = {name: parse(text, name=name, roles=roles) for name, text in sorted(files.items())}
    for (_, one), (name, other) in combinations(found.items(), 2):
        if one.id == other.id and (day := _day_of_both(one, other)):
            values = {"day": day, "other": one.version}
            raise _refused(problems.VersionsOverlap, files[name], name, ("effective_from",), **values)
    held = {
        document.id: service.id
        for service in found.values()
        for document in service.documents
        if document.source is Source.COUNTY
    }
    for name, service in found.items():
        for n, document in enumerate(service.documents):
            if document.source is Source.APPLICANT and document.id in held:
                values = {"document": document.id, "other": held[document.id]}
                raise _refused(problems.AskedThoughHeld, files[name], name, ("documents", n), **values)
    return Services(tuple(found.values()))


def load(folder: Path, *, roles: Mapping[str, Role]) -> Services:
    """The services of all files of a folder, against the roles there are. Raises Refused."""
    return gather({file.name: file.read_text("utf-8") for file in folder.glob("*.toml")}, roles=roles)


def _day_of_both(one: Service, other: Service) -> date | None:
    begins = max(one.effective_from, other.effective_from)
    return begins if one.in_force(begins) and other.in_force(begins) else None


def _refused(kind: type[problems.Refused], text: str, file: str, path: Keys, **values: object) -> problems.Refused:
    return kind(file=file, line=line_of(text, path), **values)


def _put_into_three_languages(value: Any, path: Keys) -> Keys:
    """Adds Simplified Chinese to all words in `value`; gives the place of words that are not in two languages."""
    if isinstance(value, dict) and value.keys() & {"en", "zh_hant", "zh_hans"}:
        if not {"en", "zh_hant"} <= value.keys() <= {"en", "zh_hant", "zh_hans"}:
            return path
        if not all(isinstance(words, str) and words for words in value.values()):
            return path
        value.setdefault("zh_hans", simplified(value["zh_hant"]))
        return ()
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        if bare := _put_into_three_languages(part, (*path, key)):
            return bare
    return ()
