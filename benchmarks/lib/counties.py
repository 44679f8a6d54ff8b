# SPDX-License-Identifier: AGPL-3.0-or-later
"""Counties that tell their sums to the node above, each a neighbour with a key of its own.

Import only once Django is set up.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from jiahe.indicators.definitions import FOLDER, load
from jiahe.indicators.definitions.above import as_told
from jiahe.indicators.facts import EVER
from jiahe.indicators.projections import cells
from jiahe.journal import origins
from jiahe.journal.values import Change
from jiahe.journal.wiring import current
from jiahe.network import messages
from jiahe.network.conversation import Conversation
from jiahe.network.facts import Level
from jiahe.network.peers import Peer

RESIDENTS = 496_000
"""Of a county on average: 1,411.8 million (census of 2020) in 2,844 counties."""
PER_1000 = {"born": 6.9, "died": 7.9, "came": 8.3, "went": 22.0}
"""A year, as in the demo county."""
MEASURES = {"born": "births", "died": "deaths", "came": "moves_in", "went": "moves_out"}
PLACES = {"came": "moves_in_by_origin", "went": "moves_out_by_destination"}
SEXES = ("female", "male")
DAY = date(2026, 1, 5)
Key = tuple[str, str, str, str]
"""Measure, span, start, stratum."""
Row = tuple[str, str, str, str, int, int]


class County:
    """A neighbour below, its key, and its sums."""

    def __init__(self, number: int) -> None:
        self.area = f"{110000 + number}"
        self.key = Ed25519PrivateKey.from_private_bytes(sha256(self.area.encode()).digest())
        public = self.key.public_key().public_bytes_raw()
        name = origins.name_of(self.area, public)
        self.conversation = Conversation(Peer(name, self.area, Level.COUNTY, False, public, "", date(2099, 1, 1)))
        self.number = number

    def first_load(self, days: int) -> list[Row]:
        """All sums of a county that has recorded for so many days."""
        sums = as_told(load(FOLDER), self._sums(days, random.Random(self.number)))
        return [(*key, n, 1) for key, n in sums.items()]

    def next_fact(self, days: int) -> list[Row]:
        """The sums that one more fact changes."""
        chance = random.Random(self.number)
        sums = self._sums(days, chance)
        kind = chance.choices(list(PER_1000), list(PER_1000.values()))[0]
        changed = _summed(self._fact(kind, DAY, chance))
        sums.update(changed)
        told = as_told(load(FOLDER), sums)
        return [(*key, told[key], 2) for key in as_told(load(FOLDER), changed)]

    def write(self, message: messages.Message) -> bytes:
        """A message as it comes from there."""
        return messages.write(message, sender=self.conversation.peer.name, to=current().origin, key=self.key)

    def _sums(self, days: int, chance: random.Random) -> Counter[Key]:
        """Made anew each time, so that the measurement holds no memory for them."""
        sums = Counter({
            ("residents_by_birth", "ever", EVER.isoformat(), f"{sex}.{year}"): chance.randint(500, 4_400)
            for sex in SEXES
            for year in range(1925, 2026)
        })  # fmt: skip
        for back in range(days):
            for kind, rate in PER_1000.items():
                for _ in range(round(RESIDENTS * rate / 1000 / 365)):
                    sums.update(_summed(self._fact(kind, DAY - timedelta(back), chance)))
        return sums

    def _fact(self, kind: str, on: date, chance: random.Random) -> list[Change]:
        """What one birth, death or move gives the measures, as the rooms say it."""
        sex = chance.choice(SEXES)
        years = {"born": 0.0, "died": chance.triangular(40, 100, 82)}.get(kind, chance.triangular(0, 70, 27))
        sign = 1 if kind in {"born", "came"} else -1
        found = [
            (MEASURES[kind], sex, 1),
            ("residents", sex, sign),
            ("residents_by_birth", f"{sex}.{on.year - int(years)}", sign),
        ]
        if kind in PLACES:
            found.append((PLACES[kind], chance.choice(("elsewhere", "4117", "310115", "440306", "330110")), 1))
        return [Change(measure, self.area, on, stratum, n) for measure, stratum, n in found]


def _summed(changes: Sequence[Change]) -> Counter[Key]:
    """As the definitions in content/indicators add them up, over the whole county."""
    sums: Counter[Key] = Counter()
    for (measure, span, start, _, stratum), n in cells(changes).items():
        sums[measure, span, start, stratum] += n
    return sums
