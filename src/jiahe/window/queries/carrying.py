"""Where cases are kept, and which entries they are made of: for the network, which carries them along."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from jiahe.window.models import Case, CaseEntry

_AT_ONCE = 500


def case_areas(records: Collection[UUID]) -> dict[UUID, set[str]]:
    """In which area each case is, and in which areas the people of these ids have a case that is not over: there he who
    decides it must know them."""
    found: dict[UUID, set[str]] = defaultdict(set)
    wanted = list(records)
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        open_ = Case.objects.filter(Q(applicant__in=some) | Q(regarding__in=some), delivered_on__isnull=True)
        for applicant, regarding, area in open_.values_list("applicant", "regarding", "area"):
            for who in (applicant, regarding):
                if who is not None:
                    found[who].add(area)
        for id_, area in Case.objects.filter(id__in=some).values_list("id", "area"):
            found[id_].add(area)
    return dict(found)


def entries_of_cases(records: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """The ids of all entries that speak of these cases; other ids are passed over."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for entry, case in CaseEntry.objects.filter(case__in=list(records)).values_list("entry", "case"):
        found[case].add(entry)
    return dict(found)
