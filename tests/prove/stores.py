# SPDX-License-Identifier: AGPL-3.0-or-later
"""R-04: the JetStream store of a county's pipe is deleted, cut off or damaged while facts flow: 0 lost, 0 doubled.

All three nodes write. Each time the nats-server is killed -9 and its files are dealt with as a bad disk would, or they
are taken away under the running server; the courier's watch starts it again. While one store is destroyed the cable of
the southern township is pulled, so that what waits for it in the pipe is gone with it. Void if no message waited in any
store that was damaged.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import os
import random
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.prove.lib.branches import COUNTY, NORTH, SOUTH, Site, site, verdict
from tests.prove.lib.scribes import Scribes

summary = "R-04: a pipe's store deleted, cut off or damaged: all agree, 0 lost, 0 doubled"
needs_home = False
FAST, DEEP = 8, 100
LIMIT = 60


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--times", type=int, default=FAST, help=f"stores that are damaged (default {FAST})")
    parser.add_argument("--deep", dest="times", action="store_const", const=DEEP, help=f"{DEEP} of them")
    parser.add_argument("--seed", type=int, help="of chance (default: another one each time)")


def run(args: argparse.Namespace) -> int:
    """Damage, then compare; 0 if all agree."""
    seed = args.seed if args.seed is not None else random.SystemRandom().randrange(1 << 30)
    rng, hurt, tried = random.Random(seed), 0, Counter[str]()
    print(f"seed {seed}", flush=True)
    with site(names=(COUNTY, NORTH, SOUTH)) as place:
        scribes = Scribes(place, (COUNTY, NORTH, SOUTH), pause=0.02)
        tricks = itertools.islice(itertools.cycle(TRICKS.items()), args.times)
        with scribes.at_work():
            for number, (name, trick) in enumerate(tricks):
                place.pull(SOUTH) if number % 2 else place.put_back()
                time.sleep(rng.uniform(2, 4))
                hurt += _damage(place, trick, rng)
                tried[name] += 1
                time.sleep(rng.uniform(1, 3))
        place.put_back()
        took = place.converge(LIMIT)
        place.told(", ".join(f"{n} x {name}" for name, n in tried.items()) + f"; {hurt:,} bytes of messages in them")
        place.told(f"all agreed after {took:.1f} s (limit {LIMIT} s)")
        wrong = [*scribes.judge(), *place.wrong()]
        return verdict(wrong, held=hurt > 0 and took < LIMIT)


def _damage(place: Site, trick: Callable[[Path, random.Random], None], rng: random.Random) -> int:
    """Play a trick on the county's store; how many bytes of messages were in it."""
    pipe = place.branches.home(COUNTY) / "pipe"
    store = pipe / "store"
    bytes_ = sum(path.stat().st_size for path in _files(store, "*.blk"))
    if trick is not _away:
        _kill(pipe)
    with contextlib.suppress(FileNotFoundError):  # the watch was quicker and made the store anew
        trick(store, rng)
    if trick is _away:
        time.sleep(1)
        _kill(pipe)
    return bytes_


def _kill(pipe: Path) -> None:
    with contextlib.suppress(OSError, ValueError):
        os.kill(int((pipe / "server.pid").read_text("ascii")), signal.SIGKILL)


def _files(store: Path, pattern: str = "*") -> list[Path]:
    return sorted(path for path in store.rglob(pattern) if path.is_file())


def _delete(store: Path, rng: random.Random) -> None:
    shutil.rmtree(store)


def _away(store: Path, rng: random.Random) -> None:
    shutil.rmtree(store, ignore_errors=True)


def _cut(store: Path, rng: random.Random) -> None:
    """Every file ends somewhere before its end."""
    for path in _files(store):
        os.truncate(path, rng.randrange(path.stat().st_size + 1))


def _cut_messages(store: Path, rng: random.Random) -> None:
    for path in _files(store, "*.blk"):
        os.truncate(path, rng.randrange(path.stat().st_size + 1))


def _flip(store: Path, rng: random.Random) -> None:
    """A few bits of every file are others."""
    for path in _files(store):
        raw = bytearray(path.read_bytes())
        for _ in range(3 if raw else 0):
            raw[rng.randrange(len(raw))] ^= 1 << rng.randrange(8)
        path.write_bytes(raw)


def _flip_messages(store: Path, rng: random.Random) -> None:
    for path in _files(store, "*.blk"):
        raw = bytearray(path.read_bytes())
        for _ in range(20 if raw else 0):
            raw[rng.randrange(len(raw))] ^= 1 << rng.randrange(8)
        path.write_bytes(raw)


def _state(store: Path, rng: random.Random) -> None:
    """What the server notes of its streams and readers is noise."""
    for path in _files(store):
        if path.suffix != ".blk":
            path.write_bytes(rng.randbytes(path.stat().st_size))


TRICKS: dict[str, Callable[[Path, random.Random], None]] = {
    "deleted": _delete,
    "messages cut off": _cut_messages,
    "bits of messages flipped": _flip_messages,
    "every file cut off": _cut,
    "taken away under the running server": _away,
    "bits flipped in every file": _flip,
    "all but the messages noise": _state,
}
