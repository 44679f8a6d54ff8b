# SPDX-License-Identifier: AGPL-3.0-or-later
"""A node of its own for one measurement or proof: a temporary home, a demo county, one of the two databases.

Django reads its settings once, so a process has one home; `python -m jiahe.node bench` and `prove` take it before that.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from tests.lib.cluster import cluster

UNTIL = date(2026, 1, 5)
"""The demo's people are told up to this day, so that figures do not depend on when they were measured."""


@contextlib.contextmanager
def temporary(*, postgres: str | None = None, kept: Path | None = None) -> Iterator[Path]:
    """A new demo home named by the environment; `postgres` is the URL of a cluster to make a database in, "" for a
    throw-away one; `kept` is a folder that is used again and left. Django must not have been set up."""
    from jiahe.node.home import found

    with contextlib.ExitStack() as stack:
        home = kept or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="jiahe-bench-")))
        if not (home / "node.toml").exists():
            found(home, area="411723", demo=True)
        os.environ["JIAHE_HOME"] = str(home)
        os.environ["JIAHE_DATABASE"] = "" if postgres is None else stack.enter_context(_database(postgres))
        yield home


@contextlib.contextmanager
def _database(url: str) -> Iterator[str]:
    import psycopg

    with contextlib.ExitStack() as stack:
        url = url or stack.enter_context(cluster())
        name = f"jiahe_{secrets.token_hex(4)}"
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(url)._replace(path=f"/{name}").geturl()
        finally:
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def prepare(people: int | None) -> None:
    """Tables, and a demo county of so many people unless it is there; None for tables only. Needs Django set up."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    if people is not None:
        from jiahe.node.demo.recording import load

        load(people=people, until=UNTIL, progress=lambda text: None)
