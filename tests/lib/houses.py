"""Several nodes in one process: each with a database, a key and a wiring of its own.

`with house.inside():` everything that says "the database" or "the journal" means that node's. What a test does in
houses it got from `fresh` is rolled back when the test ends.
"""

import contextlib
import dataclasses
import itertools
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import call_command
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from django.db.utils import load_backend

from jiahe.indicators.projections import add_and_note
from jiahe.journal import origins, receiving
from jiahe.journal.wiring import Store, Wiring, connect, current
from jiahe.network import wiring as network
from jiahe.network.facts import Level

_databases = itertools.count()
"""Houses of two files, of two fixtures of one, or of two processes, may stand at the same time."""


@dataclasses.dataclass(frozen=True)
class House:
    """One node."""

    wiring: Wiring
    database: BaseDatabaseWrapper
    network: network.Wiring

    @contextlib.contextmanager
    def inside(self) -> Iterator[None]:
        """Be this node for a while."""
        outside, before, beside = connections["default"], connect(self.wiring), network.connect(self.network)
        connections["default"] = self.database
        try:
            yield
        finally:
            connections["default"] = outside
            connect(before or self.wiring)
            network.connect(beside or self.network)

    def tables(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every projected table as sorted rows."""
        with self.inside():
            return {table._meta.db_table: rows(table) for table in self.wiring.tables}

    def size_of(self, origin: str) -> int:
        """How many entries of `origin` this node has."""
        with self.inside():
            return receiving.Origin.objects.filter(name=origin).values_list("seq", flat=True).first() or 0

    def take(self, giver: "House", origin: str, after: int, limit: int = 1_000) -> receiving.Receipt:
        """Receive entries of `origin` which `giver` holds."""
        with giver.inside():
            batch = receiving.give(origin, after, limit)
        with self.inside():
            return receiving.receive(batch)


def rows(table: type[Model]) -> list[tuple[Any, ...]]:
    """A table's rows without numbers the database gave, sorted."""
    names = [field.attname for field in table._meta.concrete_fields if field is not table._meta.auto_field]
    return sorted(table._default_manager.values_list(*names), key=repr)


@contextlib.contextmanager
def build(areas: Sequence[str], *, strangers: bool = False) -> Iterator[list[House]]:
    """A house for each area, each trusting the others unless they are strangers, on databases like the default's."""
    default = connections["default"]
    with contextlib.ExitStack() as stack:
        houses: list[House] = []
        for number, area in enumerate(areas):
            houses.append(stack.enter_context(_house(area, number, default, houses[0] if houses else None, strangers)))
        for house in () if strangers else houses:
            with house.inside():
                for other in houses:
                    origins.trust(other.wiring.origin, other.wiring.public_key, other.wiring.area)
        yield houses


@contextlib.contextmanager
def fresh(houses: Sequence[House]) -> Iterator[None]:
    """Undo at the end all that was done in these houses."""
    with contextlib.ExitStack() as stack:
        for house in houses:
            stack.enter_context(_undone(house))
        yield


@contextlib.contextmanager
def _undone(house: House) -> Iterator[None]:
    with house.inside():
        block = transaction.atomic()
        block.__enter__()
    try:
        yield
    finally:
        with house.inside():
            transaction.set_rollback(True)
            block.__exit__(None, None, None)


@contextlib.contextmanager
def _house(area: str, number: int, like: BaseDatabaseWrapper, first: House | None, strangers: bool) -> Iterator[House]:
    """The first has its tables made by the migrations; the others, while all are empty, by a copy of its database."""
    secret, folder = bytes([number + 1]) * 32, tempfile.TemporaryDirectory(prefix="jiahe-house-")
    key, store = Ed25519PrivateKey.from_private_bytes(secret), Store(Path(folder.name) / "blobs", secret)
    name, city = origins.name_of(area, key.public_key().public_bytes_raw()), strangers and len(area) <= len("4117")
    wiring = dataclasses.replace(current(), origin=name, area=area, key=key, store=store)
    wiring = dataclasses.replace(wiring, add=add_and_note, counts=() if city else wiring.counts, whole=not city)
    level = {4: Level.CITY, 6: Level.COUNTY, 9: Level.TOWNSHIP}.get(len(area), Level.CLINIC)
    on_postgres = like.vendor == "postgresql"
    name = f"jiahe_house_{os.getpid()}_{next(_databases)}" if on_postgres else ":memory:"
    if on_postgres:
        if first:
            first.database.close()  # a database is only copied while nobody is in it
        with like._nodb_cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute(f"DROP DATABASE IF EXISTS {name}")
            cursor.execute(
                f"CREATE DATABASE {name}" + (f" TEMPLATE {first.database.settings_dict['NAME']}" if first else "")
            )
    backend = load_backend(like.settings_dict["ENGINE"])
    database = backend.DatabaseWrapper({**like.settings_dict, "NAME": name}, alias="default")
    house = House(wiring, database, dataclasses.replace(network.current(), level=level))
    if not first:
        with house.inside():
            call_command("migrate", verbosity=0)
    elif not on_postgres:
        database.ensure_connection()
        first.database.connection.backup(database.connection)
    try:
        yield house
    finally:
        if database.connection is not None:
            database.connection.close()
        if on_postgres:
            with like._nodb_cursor() as cursor:  # type: ignore[attr-defined]
                cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        folder.cleanup()
