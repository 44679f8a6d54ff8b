# SPDX-License-Identifier: AGPL-3.0-or-later
"""P-07: facts from a township until they are durable in the county and counted, durably, in the city.

Three nodes as processes of their own, two links with real pipes and TLS, on this one machine. While the cable is pulled
the township registers people; then it is put back, and the clock stands when the city counts them all. Beside it in the
same run: messages of the size of such a fact, each on the disk of a nats-server (`sync_interval: always`) before it is
acknowledged, 256 on their way at once.
"""

from __future__ import annotations

import argparse
import asyncio
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
    rates, plain = [], []
    with site(people=60, names=(CITY, COUNTY, NORTH)) as made:
        counted = made.ask(CITY, "residents")
        for number in range(args.rounds):
            made.pull(NORTH)
            time.sleep(0 if args.quick else 10)  # so that both have noticed
            made.ask(NORTH, "many", first=number * each, count=each, area=VILLAGE[NORTH])
            counted += each
            made.put_back()
            began = time.perf_counter()
            while made.ask(CITY, "residents") < counted:
                time.sleep(0.05)
            rates.append(each / (time.perf_counter() - began))
            plain.append(asyncio.run(_messages(min(each, 5_000))))
        wrong = [] if args.quick else made.wrong()
    ratio = statistics.median(ours / other for ours, other in zip(rates, plain, strict=True))
    yield Figure("facts, from the line is back to counted in the city", statistics.median(rates), "/s")
    yield Figure("messages, each on the disk of one nats-server", statistics.median(plain), "/s")
    yield Figure("  ours by it", ratio, "", "P-07", least=2.0)
    if not args.quick:
        yield Figure("what fsck, recount and comparing find", len(wrong), "", "P-07", most=0)


async def _messages(count: int) -> float:
    """Messages a second that a nats-server acknowledges when each is on its disk."""
    import nats

    from benchmarks.lib import clerks
    from jiahe.network.server import program
    from tests.prove.lib.branches import free_ports

    with tempfile.TemporaryDirectory(prefix="jiahe-nats-") as folder:
        port, setting = free_ports(1), Path(folder) / "nats.conf"
        stored = {"store_dir": folder, "sync_interval": "always"}
        setting.write_text(json.dumps({"listen": f"127.0.0.1:{port}", "jetstream": stored}))
        server = subprocess.Popen([program() or "nats-server", "-c", setting], stderr=subprocess.DEVNULL)
        try:
            clerks.wait(port)
            client = await nats.connect(f"nats://127.0.0.1:{port}")
            stream = client.jetstream(timeout=30)
            await stream.add_stream(name="plain", subjects=["plain"])
            room, body = asyncio.Semaphore(AT_ONCE), bytes(MESSAGE)

            async def say() -> None:
                async with room:
                    await stream.publish("plain", body)

            began = time.perf_counter()
            await asyncio.gather(*(say() for _ in range(count)))
            took = time.perf_counter() - began
            await client.close()
        finally:
            server.terminate()
            server.wait(10)
    return count / took
