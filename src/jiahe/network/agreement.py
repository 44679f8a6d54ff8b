"""Whether two nodes hold the same entries of an area: sums over what happened in each place and month.

The sum of a bucket is that of its leaves, modulo 2^256; equal sets have equal sums in whatever order they came. It
finds what was lost or left out, and where. That nobody changed anything, seals and witnesses prove.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction

from jiahe.basis.areas import lies_in, within
from jiahe.basis.ids import from_milliseconds
from jiahe.journal import receiving
from jiahe.journal.models import Entry
from jiahe.journal.tables import upsert
from jiahe.network.flow import MOST_ENTRIES
from jiahe.network.messages import AskEntries, Buckets, Entries, Leaves
from jiahe.network.models import Bucket, Summed

_PORTION = 5_000
_MOST_LEAVES = 20_000
Place = tuple[str, str]


def digest(area: str) -> bytes:
    """One hash of all that happened in `area`, as far as the journal goes."""
    _advance()
    found = hashlib.sha256()
    for where, month, count, total in rows(area):
        found.update(f"{where}\n{month}\n{count}\n".encode() + total)
    return found.digest()


def rows(area: str) -> list[tuple[str, str, int, bytes]]:
    """(area, month, count, sum) of every bucket in `area`, in order."""
    low, high = within(area)
    found = Bucket.objects.filter(area__gte=low, area__lt=high).order_by("area", "month")
    return [(row.area, row.month, row.count, bytes(row.sum)) for row in found]


def differing(theirs: Buckets, area: str) -> list[Place]:
    """The places and months of which not both hold the same, as many as can be asked about at once."""
    ours = {(where, month): (count, total) for where, month, count, total in rows(area)}
    other = {(where, month): (count, total) for where, month, count, total in theirs.rows}
    found: list[Place] = []
    asked = 0
    for place in sorted(ours.keys() | other.keys()):
        if ours.get(place) != other.get(place) and asked < _MOST_LEAVES:
            found.append(place)
            asked += max(ours.get(place, (0, b""))[0], other.get(place, (0, b""))[0])
    return found


def leaves(places: Iterable[Place], area: str) -> Leaves:
    """Every entry of these buckets, as far as they lie in `area`."""
    return Leaves(tuple((row.origin, row.origin_seq, bytes(row.leaf)) for row in _in(places, area)))


def repair(theirs: Leaves, places: Sequence[Place], area: str) -> tuple[AskEntries, list[Entries]]:
    """Of these buckets: which entries we lack, those that are not the same here among them, and those which the other
    lacks."""
    ours = {(row.origin, row.origin_seq): row for row in _in(places, area)}
    other = {(origin, number): leaf for origin, number, leaf in theirs.rows}
    lacking = [row for name, row in sorted(ours.items()) if name not in other]
    wanted = [name for name, leaf in sorted(other.items()) if name not in ours or bytes(ours[name].leaf) != leaf]
    gifts = [
        Entries(tuple(receiving.sealed(row) for row in lacking[start : start + MOST_ENTRIES]))
        for start in range(0, len(lacking), MOST_ENTRIES)
    ]
    return AskEntries(tuple(wanted)), gifts


def entries(wanted: Sequence[tuple[str, int]], area: str) -> Entries:
    """Those of the entries that happened in `area`, as many as go into one message."""
    by_origin = defaultdict(list)
    for origin, number in wanted[:MOST_ENTRIES]:
        by_origin[origin].append(number)
    found: list[Entry] = []
    for origin, numbers in by_origin.items():
        found += Entry.objects.filter(origin=origin, origin_seq__in=numbers).order_by("origin_seq")
    return Entries(tuple(receiving.sealed(row) for row in found if lies_in(row.area, area)))


def _in(places: Iterable[Place], area: str) -> list[Entry]:
    months = defaultdict(set)
    for where, month in places:
        if lies_in(where, area):
            months[where].add(month)
    return [
        row
        for where, wanted in months.items()
        for row in Entry.objects.filter(area=where).order_by("origin", "origin_seq")
        if _month(row.at_ms) in wanted
    ]


def _advance() -> None:
    """Bring the buckets up to the journal's end. Two who do so at once take turns: each entry is summed once."""
    Summed.objects.get_or_create(id=1)
    while _advance_by_a_portion():
        pass


def _advance_by_a_portion() -> bool:
    with transaction.atomic():
        summed = Summed.objects.select_for_update().get(id=1)
        new = Entry.objects.filter(seq__gt=summed.upto).order_by("seq").values_list("seq", "area", "at_ms", "leaf")
        found = list(new[:_PORTION])
        if not found:
            return False
        counts: defaultdict[Place, int] = defaultdict(int)
        sums: defaultdict[Place, int] = defaultdict(int)
        for _, area, at_ms, leaf in found:
            place = area, _month(at_ms)
            counts[place] += 1
            sums[place] += int.from_bytes(bytes(leaf), "big")
        _add(counts, sums)
        summed.upto = found[-1][0]
        summed.save()
    return True


def _add(counts: dict[Place, int], sums: dict[Place, int]) -> None:
    areas = {area for area, _ in counts}
    before = {(row.area, row.month): row for row in Bucket.objects.filter(area__in=areas)}
    new = []
    for (area, month), count in counts.items():
        row = before.get((area, month))
        total = (int.from_bytes(bytes(row.sum), "big") if row else 0) + sums[area, month]
        so_many = (row.count if row else 0) + count
        new.append(Bucket(area=area, month=month, count=so_many, sum=(total % (1 << 256)).to_bytes(32, "big")))
    upsert(Bucket, new, key=("area", "month"), update=("count", "sum"))


def _month(at_ms: int) -> str:
    return from_milliseconds(at_ms).strftime("%Y-%m")
