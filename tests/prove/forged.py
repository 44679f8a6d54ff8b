# SPDX-License-Identifier: AGPL-3.0-or-later
"""S-15: forged and foreign messages: none is accepted, all are quarantined and counted, honest ones still go through.

First in one process, between a county and its townships: entries that were changed in any field, signed by the wrong
key, of unknown origin or a foreign area, replayed or cut off, in messages that are signed rightly, by somebody who has
got hold of a township's key; and messages that are not signed by whom they name. Between them honest entries in the
same wrapping: all of these must be taken, else the proof is void.

Then on a real nats-server with the configuration that a county gives it: with its own NKey a township writes to and
listens on every subject that is not its own, and somebody comes with a key that is not known or was revoked.
"""

from __future__ import annotations

import argparse
import itertools
import logging
import random
import time
from collections import Counter

summary = "S-15: forged and foreign messages: 0 accepted, all quarantined and counted"
FAST, DEEP = 1_000, 10_000
HONEST_EACH = 25
"""After so many forged messages comes an honest one."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--times", type=int, default=FAST, help=f"forged messages (default {FAST:,})")
    parser.add_argument("--deep", dest="times", action="store_const", const=DEEP, help=f"{DEEP:,} of them")
    parser.add_argument("--seed", type=int, help="of chance (default: another one each time)")


def run(args: argparse.Namespace) -> int:
    """Forge and look; 0 if nothing was taken and nothing honest was lost."""
    from benchmarks.lib import homes
    from tests.lib.links import three_levels
    from tests.prove.lib import strangers
    from tests.prove.lib.branches import verdict

    homes.prepare(None)
    seed = args.seed if args.seed is not None else random.SystemRandom().randrange(1 << 30)
    print(f"seed {seed}", flush=True)
    logging.disable()  # that lines to a server are closed is what is being tried
    with three_levels() as net:
        wrong = _forge(net, random.Random(seed), args.times)
        wrong += _personal(net)
        wrong += net.findings()
    tried, refused, let, served = strangers.run()
    print(
        f"nats-server: {tried} times on subjects of others, or with keys of others: {refused} refused, {len(let)} let "
        f"through; {served} of {strangers.OWN} own subjects served"
    )
    wrong += let
    return verdict(wrong, held=served == strangers.OWN and tried == refused)


def _forge(net, rng: random.Random, times: int) -> list[str]:
    """Send what was forged to the county as the northern township; what is wrong then."""
    from jiahe.network.models import Link
    from tests.lib.links import COUNTY, NORTH, SOUTH
    from tests.prove.lib import forgeries

    north, south, county = (net.houses[area] for area in (NORTH, SOUTH, COUNTY))
    for house, area in ((north, f"{NORTH}001"), (south, f"{SOUTH}001")):
        _record(house, area, 40)
    net.settle()
    began, wrong = time.monotonic(), []
    line = next(line for line in net.lines if line.lower is north)
    sender = forgeries.Sender(north.wiring.origin, county.wiring.origin, north.wiring.key)
    other = forgeries.Sender(south.wiring.origin, county.wiring.origin, south.wiring.key)
    shop = forgeries.Workshop(
        rng, sender.name, sender.key, other.name, other.key, NORTH, f"{SOUTH}001", north.size_of(sender.name)
    )
    honest = _given(north, sender.name)
    size, sent, said, taken = _size(county), Counter[str](), 0, 0
    *_, last = forgeries.ENTRIES
    every = itertools.cycle(forgeries.ENTRIES.items())
    while sent.total() < times:
        name, forge = next(every)
        entry = forge(shop, rng.choice(honest))
        if entry in honest:
            continue  # one bit in an unread place would be no forgery
        sent[name] += 1
        _tell(net, line, _wrap(entry, rng, county, sender))
        if name == last:
            for name, raw in forgeries.envelopes(_wrap(rng.choice(honest), rng, county, sender), sender, other, rng):
                sent[f"message {name}"] += 1
                said += 1
                _tell(net, line, raw)
        if sent.total() // HONEST_EACH > taken:
            taken += 1
            _record(north, f"{NORTH}001", 1)
            _tell(net, line, _wrap(_given(north, sender.name)[-1], rng, county, sender))
            shop.reached = north.size_of(sender.name)
    accepted = _size(county) - size - taken
    with county.inside():
        counted = Link.objects.values_list("forged", flat=True).get(peer=sender.name)
    waiting = _quarantined(county)
    entries = sent.total() - said
    print(", ".join(f"{n} x {name}" for name, n in sorted(sent.items())))
    print(
        f"{sent.total():,} forged, {taken} honest between them, in {time.monotonic() - began:.1f} s: {accepted} taken"
    )
    print(f"{sum(waiting.values()):,} of {entries:,} entries quarantined ({_list(waiting)})")
    print(f"{counted} of {said} messages counted as forged")
    _record(north, f"{NORTH}001", 20)
    net.settle()
    here, there = _given(county, sender.name), _given(north, sender.name)
    print(f"afterwards the county holds {len(here)} of {len(there)} entries of the township")
    if accepted or here != there:
        wrong.append("what the county holds is not what the township recorded")
    if sum(waiting.values()) != entries or counted != said:
        wrong.append("not everything forged is quarantined and counted")
    return wrong


def _personal(net) -> list[str]:
    """A county sends people's records up to the city, sealed as they should be: a city takes no person in."""
    from jiahe.network import messages as m
    from tests.lib.links import CITY, COUNTY, NORTH

    north, county, city = (net.houses[area] for area in (NORTH, COUNTY, CITY))
    line = next(line for line in net.lines if line.upper is city)
    records, size = _given(north, north.wiring.origin), _size(city)
    raw = m.write(m.Entries(tuple(records)), sender=county.wiring.origin, to=city.wiring.origin, key=county.wiring.key)
    _tell(net, line, raw)
    taken = _size(city) - size
    given = _asked_for(net, line, north.wiring.origin)
    print(f"of {len(records)} people's records sent up, the city takes {taken}; asked, the county gives {given}")
    return ["a city and people's records"] if taken or given else []


def _asked_for(net, line, origin: str) -> int:
    """The city asks the county for the township's entries in every way there is; how many of people it gets."""
    from jiahe.journal import seal
    from jiahe.journal.models import Entry
    from jiahe.network import messages as m
    from tests.lib.links import CITY, COUNTY

    county, city = net.houses[COUNTY], net.houses[CITY]
    with county.inside():
        rows = list(Entry.objects.filter(origin=origin).values_list("origin", "origin_seq", "about"))
    people = tuple({about for *_, about in rows if about})
    wanted = tuple((name, number) for name, number, _ in rows)
    given = 0
    for question in (m.AskOrigin(origin, 0), m.AskEntries(wanted), m.AskRecords(people)):
        raw = m.write(question, sender=city.wiring.origin, to=county.wiring.origin, key=city.wiring.key)
        line.ways[False].append(raw)
        line.arrive(False, net.now(), place=-1)
        public = county.wiring.public_key
        for answer in line.ways[True]:
            said = m.read(answer, sender=county.wiring.origin, to=city.wiring.origin, public_key=public)
            given += sum(seal.read_header(one.header).about is not None for one in getattr(said, "entries", ()))
        line.ways[True].clear()
    return given


def _record(house, area: str, count: int) -> None:
    from dataclasses import replace

    from jiahe.journal.recording import record_all
    from tests.prove.lib.journal import registration

    with house.inside():
        record_all([replace(registration(f"王{n}"), area=area) for n in range(count)])


def _given(house, origin: str):
    from jiahe.journal import receiving

    with house.inside():
        return receiving.give(origin, 0, 100_000)


def _size(house) -> int:
    from jiahe.journal import queries

    with house.inside():
        return queries.head().size


def _quarantined(house) -> Counter[str]:
    """What waits, by its reason."""
    from jiahe.network.models import Quarantined

    with house.inside():
        found: Counter[str] = Counter()
        for problem, times in Quarantined.objects.values_list("problem", "times"):
            found[problem] += times
        return found


def _wrap(entry, rng: random.Random, county, sender) -> bytes:
    """The entry in a message that is signed as it should be: as the next of a journal, or as an answer."""
    from jiahe.network import messages as m
    from jiahe.network.models import Link

    with county.inside():
        received = Link.objects.values_list("received", flat=True).get(peer=sender.name)
    next_one = m.Batch(received, received + 1, received + 1, (entry,))
    message = next_one if rng.random() < 0.5 else m.Entries((entry,))
    return m.write(message, sender=sender.name, to=sender.to, key=sender.key)


def _tell(net, line, raw: bytes) -> None:
    """It arrives; what is answered goes nowhere."""
    line.ways[True].append(raw)
    line.arrive(True, net.now(), place=-1)
    line.ways[False].clear()


def _list(found: Counter[str]) -> str:
    return ", ".join(f"{n:,} {name.partition('.')[2]}" for name, n in found.most_common())
