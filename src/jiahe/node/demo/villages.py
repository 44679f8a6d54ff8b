"""The villages people are shared out to: real codes and names, invented sizes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from jiahe.node.demo.parameters import Weights
from jiahe.node.demo.sampling import shared_out

_DIRECTIONS = "大小老前后东西南北上下新"


@dataclass(frozen=True, slots=True)
class Village:
    """A village or community: its 12-digit area code and official name."""

    code: str
    name: str

    @property
    def in_town(self) -> bool:
        """Whether it belongs to a street of the county town."""
        return self.code[6:9] < "100"


def shares(villages: Sequence[Village], people: int, weights: Weights, seed: int) -> list[int]:
    """How many of the `people` live in each village; the sum is exact. Streets are heavier, the rest is chance."""
    return shared_out(people, [_weight(village, weights, seed) for village in villages])


def _weight(village: Village, weights: Weights, seed: int) -> float:
    rng = Random(f"{seed}:weight:{village.code}")  # noqa: S311 - a crowd, not a secret
    weight = rng.lognormvariate(0, weights.spread)
    if village.in_town:
        return weight * weights.street
    return weight * weights.town_seat if village.code[9:] < "200" else weight


def leading_surname(village: Village, known: frozenset[str]) -> str | None:
    """The surname that the village's own name tells, if it tells one (刘庄村, 大王村, 后刘村).

    >>> leading_surname(Village("411723104208", "后刘村委会"), frozenset("刘"))
    '刘'
    """
    name = village.name.lstrip(_DIRECTIONS)
    return name[0] if name and name[0] in known else None
