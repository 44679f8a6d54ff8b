# SPDX-License-Identifier: AGPL-3.0-or-later
"""P-07: facts from a township until they are durable in the county and counted, durably, in the city.

Three nodes as processes of their own, two links with real pipes and TLS, on this one machine. While the cable is pulled
the township registers people; then it is put back. The clock runs from the county's first fact until the city counts
them all; how long the line took to come back is told for itself. Beside it in the same run: messages of such a size
through three nats-servers, each of which has every one on its disk (`sync_interval: always`) before it hands it on: 256
at once are put into the lowest, the next draws from its stream, and the clock stands when the highest has all.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.lib.measuring import Figure

summary = "P-07: facts from a township until the county keeps them and the city counts them"
MESSAGE = 600
"""Bytes of a registration as it is sealed, about."""
AT_ONCE = 256


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--facts", type=int, default=30_000, help="backlog, in all rounds together")
    parser.add_argument("--rounds", type=int, default=3)


def run(args: argparse.Namespace) -> Iterator[Figure]:
    """Pull, record, put back, and look; then the same with the baseline, round by round."""
    from tests.prove.lib.branches import CITY, COUNTY, NORTH, VILLAGE, site

    if args.quick:
        args.facts, args.rounds = 400, 1
    each = args.facts // args.rounds
    rates, plain, lowest, again = [], [], [], []
    with site(people=60, names=(CITY, COUNTY, NORTH)) as made:
        origin, counted = made.ask(NORTH, "head")["name"], made.ask(CITY, "residents")
        for number in range(args.rounds):
            made.pull(NORTH)
            time.sleep(0 if args.quick else 10)  # so that both have noticed
            made.ask(NORTH, "many", first=number * each, count=each, area=VILLAGE[NORTH])
            counted += each
            before = made.ask(COUNTY, "reached", origin=origin)
            began = time.perf_counter()
            made.put_back()
            while made.ask(COUNTY, "reached", origin=origin) == before:
                time.sleep(0.02)
            first = time.perf_counter()
            while made.ask(CITY, "residents") < counted:
                time.sleep(0.05)
            rates.append(each / (time.perf_counter() - first))
            again.append(first - began)
            acknowledged, there = asyncio.run(_messages(min(each, 5_000)))
            lowest.append(acknowledged)
            plain.append(there)
        wrong = [] if args.quick else made.wrong()
    ratio = statistics.median(ours / other for ours, other in zip(rates, plain, strict=True))
    yield Figure("facts, from the county's first to all counted in the city", statistics.median(rates), "/s")
    yield Figure("messages through three nats-servers, each on every disk", statistics.median(plain), "/s")
    yield Figure("  ours by it", ratio, "", "P-07", least=2.0)
    yield Figure("the same messages, acknowledged by the lowest", statistics.median(lowest), "/s")
    yield Figure("the line is back -> first facts applied", statistics.median(again), "s", "P-07", most=2.0)
    if not args.quick:
        yield Figure("what fsck, recount and comparing find", len(wrong), "", "P-07", most=0)


async def _messages(count: int) -> tuple[float, float]:
    """Messages a second: acknowledged by the lowest of three nats-servers, and there at the highest."""
    import nats
    from nats.js.api import ExternalStream, StreamSource

    with tempfile.TemporaryDirectory(prefix="jiahe-nats-") as folder, _three(Path(folder)) as ports:
        clients = [await nats.connect(f"nats://127.0.0.1:{port}") for port in ports]
        *upper, township = [client.jetstream(timeout=60) for client in clients]
        await township.add_stream(name="plain", subjects=["plain"])
        for stream, below in zip(reversed(upper), ("township", "county"), strict=True):
            source = StreamSource(name="plain", external=ExternalStream(api=f"$JS.{below}.API"))
            await stream.add_stream(name="plain", sources=[source])
        room, body = asyncio.Semaphore(AT_ONCE), bytes(MESSAGE)

        async def say() -> None:
            async with room:
                await township.publish("plain", body)

        async def there(many: int) -> None:
            while (await upper[0].stream_info("plain")).state.messages < many:
                await asyncio.sleep(0.05)

        await say()
        await there(1)  # all three draw now
        began = time.perf_counter()
        await asyncio.gather(*(say() for _ in range(count)))
        acknowledged = time.perf_counter()
        await there(count + 1)
        ended = time.perf_counter()
        for client in clients:
            await client.close()
    return count / (acknowledged - began), count / (ended - began)


@contextlib.contextmanager
def _three(folder: Path) -> Iterator[list[int]]:
    """Three nats-servers, each a leaf of the one before: a city's, a county's and a township's; on which ports."""
    from benchmarks.lib import clerks
    from jiahe.network.server import program
    from tests.prove.lib.branches import free_ports

    first = free_ports(5)
    ports, between = [first, first + 1, first + 2], [first + 3, first + 4]
    with contextlib.ExitStack() as stack:
        for place, name in enumerate(("city", "county", "township")):
            leaves: dict[str, object] = {}
            if place < len(between):
                leaves["listen"] = f"127.0.0.1:{between[place]}"
            if place > 0:
                leaves["remotes"] = [{"urls": [f"nats-leaf://127.0.0.1:{between[place - 1]}"]}]
            stored = {"store_dir": str(folder / name), "sync_interval": "always", "domain": name}
            setting = folder / f"{name}.conf"
            listening = f"127.0.0.1:{ports[place]}"
            said = {"server_name": name, "listen": listening, "jetstream": stored, "leafnodes": leaves}
            setting.write_text(json.dumps(said))
            server = subprocess.Popen([program() or "nats-server", "-c", setting], stderr=subprocess.DEVNULL)
            stack.callback(server.wait, 10)
            stack.callback(server.terminate)
            clerks.wait(ports[place])
        yield ports
