# SPDX-License-Identifier: AGPL-3.0-or-later
"""Other nodes that hear what this one records. Import only once Django is set up."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import transaction

from jiahe.journal import blobs, fsck, origins, receiving, storage
from jiahe.journal.wiring import current
from tests.lib import houses
from tests.prove.lib import traces

_PORTION = 500


@dataclass(frozen=True)
class Listener:
    """A node that takes this one's entries."""

    house: houses.House
    origin: str

    def hear(self) -> None:
        """Take all that it has not got yet, and what those entries name."""
        while batch := receiving.give(self.origin, self.house.size_of(self.origin), _PORTION):
            with self.house.inside():
                receiving.receive(batch)
        with self.house.inside():
            wanted = {name for _, name in storage.attached() if not blobs.known(name)}
        brought = [blobs.content(name) for name in wanted]
        with self.house.inside(), transaction.atomic():
            for content in brought:
                blobs.keep(content)

    def found(self, needles: Mapping[str, str]) -> set[str]:
        """Which of the texts stand in its tables."""
        with self.house.inside():
            return {what for _, content in traces.tables() for what in traces.found_in(content, needles)}

    def findings(self) -> list[str]:
        """What its own fsck says."""
        with self.house.inside():
            return [str(line) for line in fsck.findings()]


@contextlib.contextmanager
def built() -> Iterator[tuple[Listener, Listener]]:
    """Two of them; this node becomes known to both."""
    here = current()
    with houses.build([here.area, here.area]) as made:
        for house in made:
            with house.inside():
                origins.trust(here.origin, here.public_key, "")
        one, other = (Listener(house, here.origin) for house in made)
        yield one, other
