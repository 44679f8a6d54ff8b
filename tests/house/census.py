"""What the house consists of, listed from the house itself: the candidates of every house test."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

from jiahe.journal.facts import KINDS, Kind

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "src" / "jiahe"
GROUND, EDGES = {"basis", "journal", "ui", "forms"}, {"exchange", "network", "node"}


def rooms() -> list[str]:
    """Every package that stands directly in the house."""
    return sorted(path.parent.name for path in HOUSE.glob("*/__init__.py"))


def domain_rooms() -> list[str]:
    """The rooms with the one inner shape."""
    return [room for room in rooms() if room not in GROUND | EDGES]


def python_files(*, migrations: bool = False) -> list[Path]:
    """The Python files of the house, generated migrations only if asked for."""
    return [path for path in sorted(HOUSE.rglob("*.py")) if migrations or "migrations" not in path.parts]


def templates() -> list[Path]:
    """The templates of the house."""
    return sorted(HOUSE.rglob("*.html"))


def named(path: Path) -> str:
    """A file as the tables of exceptions name it: from the house, else from the project."""
    base = HOUSE if path.is_relative_to(HOUSE) else ROOT
    return path.relative_to(base).as_posix()


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that git keeps or would keep, as it stands now."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    return tuple(path for name in listed if name and (path := ROOT / name).is_file())


@cache
def tree(path: Path) -> ast.Module:
    """A file's syntax."""
    return ast.parse(path.read_text("utf-8"), str(path))


def part(room: str, name: str) -> list[Path]:
    """The files of one part of a room: `rules.py` or all of `rules/`."""
    one, several = HOUSE / room / f"{name}.py", HOUSE / room / name
    return [path for path in ([one] if one.exists() else sorted(several.glob("*.py")))]


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    """The public functions of a file."""
    for node in tree(path).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def calls(path: Path) -> Iterator[tuple[ast.Call, str]]:
    """Every call in a file, with what is called as it is written."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)


def kinds() -> dict[str, Kind]:
    """Every kind of fact of the house (tests declare some of their own)."""
    return {name: kind for name, kind in sorted(KINDS.items()) if kind.cls.__module__.startswith("jiahe.")}


def models() -> list[type[Model]]:
    """Every table, those of packages included."""
    return sorted(apps.get_models(include_auto_created=True), key=lambda model: model._meta.label)


def our_models() -> list[type[Model]]:
    """The tables that the house itself declares."""
    return [model for model in models() if model.__module__.startswith("jiahe.")]


@dataclass(frozen=True)
class Address:
    """One address: its name as in `{% url %}`, its path as written, its view, and the values it takes by converter."""

    name: str
    route: str
    view: Callable[..., Any]
    values: dict[str, str]

    @property
    def key(self) -> str:
        """The address with what it names, as a row of `access.toml` is called: "registry:person(person)"."""
        return f"{self.name}({', '.join(self.values)})" if self.values else self.name


@cache
def addresses() -> tuple[Address, ...]:
    """Every address of this node."""
    return tuple(_walk(get_resolver(), "", "", {}))


def _walk(resolver: URLResolver, route: str, space: str, values: dict[str, str]) -> Iterator[Address]:
    for each in resolver.url_patterns:
        here = route + str(each.pattern)
        taken = values | {
            name: type(converter).__name__.removesuffix("Converter").lower()
            for name, converter in each.pattern.converters.items()
        }
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from _walk(each, here, inner, taken)
        elif isinstance(each, URLPattern):
            yield Address(f"{space}{each.name or ''}", here, each.callback, taken)
