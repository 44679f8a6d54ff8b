# SPDX-License-Identifier: AGPL-3.0-or-later
"""P-06: the one box, for every kind of text, for a village worker, a township clerk and a county manager, in process
and as a page over HTTP; beside one raw read of the same row by an index, in the same run.

Found means: the person asked for is among the first 50, or the list is full and he is in the longer one. People come
into the tables by the projection of registrations; the journal, which a search does not read, stays small.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from benchmarks.lib.measuring import Figure, percentile

summary = "P-06: the one box at a million people, every kind of text, beside a raw read by an index"
MOST_MS, MOST_PAGE_MS = 20, 60
SHOWN, LONGER = 50, 20_000
LIMIT_REACHED = 429
SCOPES = {"village": "411723101200", "township": "411723101", "county": "411723"}
"""Accounts of the demo, and where their posts are."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--people", type=int, default=100_000, help="size of the county (promised at 1,000,000)")
    parser.add_argument("--times", type=int, default=60, help="people asked for, with each kind of text and scope")
    parser.add_argument("--pages", type=int, default=8, help="of these also as a page")


def run(args: argparse.Namespace) -> Iterator[Figure]:
    """Load, then ask."""
    from benchmarks.lib import clerks, homes

    if args.quick:
        args.people, args.times, args.pages = 3_000, 3, 1
    homes.prepare(100)
    from benchmarks.lib.people import settle, stream
    from jiahe.registry.models import Person

    if Person.objects.count() < args.people:
        began = time.perf_counter()
        settle(stream(args.people))
        yield Figure("people loaded by the projection", args.people / (time.perf_counter() - began), "/s")
    asked = {name: list(_texts(name, area, args.times)) for name, area in SCOPES.items()}
    every: list[float] = []
    for name in SCOPES:
        yield from _in_process(name, asked[name], every)
    yield Figure("in process, all, p95", percentile(every, 0.95) * 1000, "ms", "P-06", most=MOST_MS)
    pages: list[float] = []
    with clerks.server() as port:
        for name in SCOPES:
            clerk = clerks.Clerk(port)
            clerk.log_in(name)
            took = list(_pages(clerk, asked[name], args.pages))
            if not took:  # a home used again on the same day
                yield Figure(f"{name}: pages before the day's limit of rows (S-12)", 0)
                continue
            pages += took
            yield Figure(f"{name}: page p50", percentile(took, 0.5) * 1000, "ms")
            yield Figure(f"{name}: page p95", percentile(took, 0.95) * 1000, "ms", "P-06", most=MOST_PAGE_MS)
    if pages:
        yield Figure("pages, all, p95", percentile(pages, 0.95) * 1000, "ms", "P-06", most=MOST_PAGE_MS)


def _in_process(name: str, asked: list[tuple[str, list[tuple[str, Any]]]], every: list[float]) -> Iterator[Figure]:
    from jiahe.registry.models import Person
    from jiahe.registry.queries import search

    scope, raw, share = _scope(name), [], []
    for _, texts in asked:
        for _, who in texts[:10]:
            raw.append(_timed(lambda who=who: Person.objects.filter(id=who).values_list("id", "full").first())[0])
    yield Figure(f"{name}: one raw read by an index p95", percentile(raw, 0.95) * 1000, "ms")
    for kind, texts in asked:
        took, found = [], 0
        for text, who in texts:
            seconds, rows = _timed(lambda text=text: search(scope, text, limit=SHOWN))
            took.append(seconds)
            hit = any(row.person.id == who for row in rows)
            if not hit and len(rows) == SHOWN:  # many fit as well as he does
                hit = kind in COMMON or any(row.person.id == who for row in search(scope, text, limit=LONGER))
            found += hit
        every += took
        p50, p95 = (percentile(took, share) * 1000 for share in (0.5, 0.95))
        yield Figure(f"{name}: {kind:<22} p50 {p50:6.1f} ms, p95", p95, "ms", "P-06", most=MOST_MS)
        share += [found / len(texts)]
        if found < len(texts):
            yield Figure(f"{name}: {kind}: found", found / len(texts), "", "P-06", least=1)
    yield Figure(f"{name}: share found, of the kind found least", min(share), "", "P-06", least=1)


def _pages(clerk: Any, asked: list[tuple[str, list[tuple[str, Any]]]], times: int) -> Iterator[float]:
    """Seconds of each page, all kinds in turn, until the officer has seen as many people as a day allows (S-12)."""
    for turn in range(times):
        for kind, texts in asked:
            if turn >= len(texts):
                continue
            seconds, (status, page) = _timed(
                lambda text=texts[turn][0]: clerk.answer("/people/search/", {"text": text})
            )
            if status == LIMIT_REACHED:
                return
            if status != 200 or "<td" not in page:
                raise RuntimeError(f"the page for a {kind} answered {status}, or found nobody")
            yield seconds


def _scope(name: str) -> Any:
    """What the demo's officer of that account may read."""
    from django.conf import settings

    from benchmarks.lib.homes import UNTIL
    from jiahe.staff.definitions import roles
    from jiahe.staff.models import Credential
    from jiahe.staff.queries import holdings
    from jiahe.staff.session import acting

    held = holdings(Credential.objects.get(username=name).officer, on=UNTIL)
    author = next(acting(each, roles(settings.JIAHE.content / "roles")) for each in held if each.area == SCOPES[name])
    return author.scope


def _texts(name: str, area: str, times: int) -> Iterator[tuple[str, list[tuple[str, Any]]]]:
    """Each kind of text with what is typed, and who is meant."""
    from jiahe.basis.areas import within
    from jiahe.registry.models import Person, PersonName

    low, high = within(area)
    chance = random.Random(f"{name}:{times}")
    inside = Person.objects.filter(home__gte=low, home__lt=high)
    ids = list(inside.values_list("id", flat=True))
    people = list(inside.filter(id__in=chance.sample(ids, min(len(ids), times * 3))))
    sees = {"village": 1, "township": 2, "county": 0}[name]
    for kind, needs, text in KINDS:
        mine = [(typed, person.id) for person in people if (typed := text(person))]
        if needs <= sees and mine:
            yield kind, mine[:times]
    aliases = PersonName.objects.filter(person__in=[person.id for person in people])
    if named := [(row.full, row.person) for row in islice(aliases, times)]:
        yield "another name", named


def _traditional(person: Any) -> str:
    from opencc import OpenCC

    return OpenCC("s2t").convert(person.full)


def _syllables(person: Any) -> str:
    from pypinyin import Style, lazy_pinyin

    plain = lazy_pinyin(person.full, style=Style.NORMAL, v_to_u=False)
    toned = lazy_pinyin(person.full, style=Style.TONE)
    return " ".join(toned) if "".join(plain) == person.pinyin else ""


KINDS: list[tuple[str, int, Callable[[Any], str]]] = [
    ("full name", 0, lambda person: person.full),
    ("Traditional", 0, _traditional),
    ("given name", 0, lambda person: person.full.removeprefix(person.surname)),
    ("surname", 0, lambda person: person.surname),
    ("pinyin", 0, lambda person: person.pinyin),
    ("pinyin, tones, spaces", 0, _syllables),
    ("initials", 0, lambda person: person.initials if len(person.initials) > 1 else ""),
    ("one initial", 0, lambda person: person.initials[:1]),
    ("identity number", 0, lambda person: person.identity_number),
    ("identity, ending", 2, lambda person: person.identity_number[-4:]),
    ("identity, region", 2, lambda person: person.identity_number[:6]),
    ("identity, beginning", 2, lambda person: person.identity_number[:14]),
    ("phone", 0, lambda person: person.phone),
    ("phone, ending", 1, lambda person: person.phone[-4:]),
    ("birth date", 0, lambda person: f"{person.birth_on:%Y%m%d}"),
    ("surname and year", 0, lambda person: f"{person.surname} {person.birth_on:%Y}" if person.surname else ""),
    ("pinyin and year", 0, lambda person: f"{person.pinyin[:4]} {person.birth_on:%Y}"),
    ("initials and township", 0, lambda person: f"{person.initials} {person.home[:9]}"),
    ("surname and village", 0, lambda person: f"{person.surname} {person.home}" if person.surname else ""),
    ("name, end of phone", 1, lambda person: person.phone and f"{person.full} {person.phone[-4:]}"),
]
"""What is typed, from a person's row; 1 needs a scope that sees phones in full, 2 one that sees numbers."""

COMMON = ("surname", "one initial", "identity, region")
"""A full list of others is a right answer to these."""


def _timed(ask: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    answer = ask()
    return time.perf_counter() - began, answer
