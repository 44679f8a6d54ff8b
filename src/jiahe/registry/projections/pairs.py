"""Likely doubles, kept on this node alone: each pass over the register replaces those of the last."""

from collections.abc import Iterable, Mapping
from itertools import islice
from uuid import UUID

from django.db import transaction

from jiahe.journal.tables import insert
from jiahe.places.rules import level_of
from jiahe.registry.models import Pair
from jiahe.registry.rules.linkage.register import Pair as Found

_PORTION = 5_000


@transaction.atomic
def replace_pairs(found: Iterable[Found], homes: Mapping[UUID, str]) -> None:
    """These and no others. `homes` tells where the record of each is kept."""
    Pair.objects.all().delete()
    rest = iter(found)
    while some := list(islice(rest, _PORTION)):
        insert(
            Pair,
            [
                Pair(
                    left=each.left,
                    right=each.right,
                    probability=each.probability,
                    reasons=" ".join(each.reasons),
                    area=_both(homes.get(each.left, ""), homes.get(each.right, "")),
                )
                for each in some
            ],
        )


def _both(one: str, other: str) -> str:
    """The smallest area that has both.

    >>> _both("411723101200", "411723101201"), _both("411723101200", "411723103201"), _both("41", "52")
    ('411723101', '411723', '')
    """
    length = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    return next((one[:end] for end in range(length, 0, -1) if level_of(one[:end])), "")
