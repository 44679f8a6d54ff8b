# SPDX-License-Identifier: AGPL-3.0-or-later
"""Three nats-servers with the very configuration of docs/operate/cluster.md, in place of a node's own pipe."""

import asyncio
import contextlib
import os
import re
import secrets
import signal
import socket
import subprocess
import tomllib
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from nats.errors import Error as NatsError
from nats.js.errors import Error as JetStreamError

from jiahe.network import certificates, nkeys, server
from jiahe.network.facts import Level
from jiahe.network.peers import Peer
from jiahe.network.pipe import Pipe
from jiahe.network.subjects import Subjects
from jiahe.node.cluster import use
from jiahe.node.home import found
from tests.lib.papers import ROOT

pytestmark = pytest.mark.once("sqlcipher")  # asks no database

AT = datetime(2026, 1, 5, tzinfo=UTC)
CITY, EAST, WEST = "4117", "411723-east", "411724-west"
SECRETS = {name: bytes([number]) * 32 for number, name in enumerate((CITY, EAST, WEST), 1)}
SERVERS = ("pipe-1", "pipe-2", "pipe-3")


class Cluster:
    """Three servers on this machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ports = dict(zip(SERVERS, _ports(3), strict=True))
        self.routes = dict(zip(SERVERS, _ports(3), strict=True))
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        certificate, _ = certificates.make(folder, CITY, at=AT)
        self.pem = certificate.read_text("ascii")
        for made, name in zip(certificates.make(folder / "route", "localhost", at=AT), ("crt", "key"), strict=True):
            made.rename(folder / f"route.{name}")
        (folder / "users.conf").write_text(server.block(_users()), "utf-8")

    def start(self, name: str) -> None:
        """One of the three."""
        config = self.folder / f"{name}.conf"
        config.write_text(self._configuration(name), "utf-8")
        surroundings = {**os.environ, "JIAHE_PIPE_KEY": secrets.token_hex(32)}
        program = server.program()
        assert program
        with (self.folder / f"{name}.log").open("wb") as log:
            self.processes[name] = subprocess.Popen([program, "-c", config], env=surroundings, stdout=log, stderr=log)

    def kill(self, name: str) -> None:
        """As a power cut would."""
        process = self.processes.pop(name)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def places(self) -> list[str]:
        """Where nodes call."""
        return [f"tls://127.0.0.1:{port}" for port in self.ports.values()]

    def _configuration(self, name: str) -> str:
        paper = (ROOT / "docs" / "operate" / "cluster.md").read_text("utf-8")
        found = re.search(r"^```conf\n(.*?)^```", paper, re.MULTILINE | re.DOTALL)
        assert found
        text = found[1].replace('"pipe-1"', f'"{name}"').replace("0.0.0.0:4222", f"127.0.0.1:{self.ports[name]}")
        text = text.replace("0.0.0.0:6222", f"127.0.0.1:{self.routes[name]}")
        for each, port in self.routes.items():
            text = text.replace(f"{each}.example:6222", f"localhost:{port}")
        return text.replace("/etc/jiahe-pipe", f"{self.folder}").replace("/var/lib/jiahe-pipe", f"{self.folder}/{name}")


class Ear:
    """A node's pipe, and all that it heard."""

    def __init__(self, cluster: Cluster, name: str, on: Callable[["Ear"], Awaitable[None]]) -> None:
        self.heard: list[bytes] = []
        self.coming: list[bytes] = []
        self.wrong: list[BaseException] = []
        self.ready = asyncio.Event()
        self.pipe = Pipe(
            cluster.places(),
            seed=nkeys.seed_of(SECRETS[name]),
            tls=certificates.trusting(cluster.pem),
            name=name,
            inbox=f"_INBOX.{name}",
            on=lambda pipe: on(self),
            up=self.up,
            bug=self.wrong.append,
        )

    async def up(self) -> None:
        self.ready.set()

    async def listen(self, message) -> None:
        self.heard.append(message.data)

    async def listen_to_all(self, messages) -> None:
        self.heard += [message.data for message in messages]

    async def expect(self, message) -> None:
        self.coming.append(message.data)

    async def stream(self, name: str):
        """How a stream stands, once its servers have agreed who leads."""
        async with asyncio.timeout(15):
            while True:
                with contextlib.suppress(NatsError, JetStreamError):
                    info = await self.pipe.client.jetstream().stream_info(name)
                    if info.cluster.leader:
                        return info
                await asyncio.sleep(0.2)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory) -> Iterator[Cluster]:
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        for name in SERVERS:
            made.start(name)
        yield made
    finally:
        for name in list(made.processes):
            made.kill(name)


def test_a_cluster_takes_the_place_of_a_pipe(cluster):
    asyncio.run(_carries_on(cluster))


def test_a_node_takes_only_servers_that_show_its_certificate(cluster, tmp_path):
    found(tmp_path, area=CITY, level="city", demo=False)
    (tmp_path / "keys").mkdir()
    servers = ", ".join(f"127.0.0.1:{port}" for port in cluster.ports.values())
    assert "shows another certificate" in use(tmp_path, servers, cluster.folder / "route.crt", replicas=3)
    assert "holds no certificate" in use(tmp_path, servers, cluster.folder / "users.conf", replicas=3)
    assert "is no HOST:PORT" in use(tmp_path, "127.0.0.1", cluster.folder / "pipe.crt", replicas=3)
    assert use(tmp_path, servers, cluster.folder / "pipe.crt", replicas=3) == ""
    said = tomllib.loads((tmp_path / "node.toml").read_text("utf-8"))
    assert (said["cluster"], said["replicas"]) == (servers.replace(" ", ""), 3)
    assert (tmp_path / "keys" / "cluster.crt").read_text("ascii") == cluster.pem


async def _carries_on(cluster: Cluster) -> None:
    async with _pipes(cluster) as (city, east, west):
        for stream in (Subjects(CITY, "").up_stream, Subjects(CITY, "").down_stream):
            info = await city.stream(stream)
            assert info.config.num_replicas == 3
            assert len(info.cluster.replicas) == 2
        await _both_ways(city, east, "before")
        await _each_only_his_own(city, east, west)

        cluster.kill((await city.stream(Subjects(CITY, "").up_stream)).cluster.leader)
        await _both_ways(city, east, "after")


async def _both_ways(city: Ear, east: Ear, word: str) -> None:
    """Batches up and down, through the streams; said again until they are heard, as a conversation does."""
    subjects = Subjects(CITY, EAST)
    up, down = f"up {word}".encode(), f"down {word}".encode()
    async with asyncio.timeout(30):  # servers take 4 to 9 s to agree on a new leader, a reader 3 s to ask anew
        while not (up in city.heard and down in east.heard):
            if up not in city.heard:
                await east.pipe.say(subjects.up, up)
            if down not in east.heard:
                await city.pipe.say(subjects.down, down)
            await asyncio.sleep(0.2)
    assert up in city.coming
    assert down in east.coming


async def _each_only_his_own(city: Ear, east: Ear, west: Ear) -> None:
    """What one node says in the name of another reaches nobody; what is for another it cannot read."""
    own, foreign = Subjects(CITY, EAST), Subjects(CITY, WEST)
    for subject in (foreign.up, foreign.up_note, foreign.down, foreign.down_note, own.down, own.down_note):
        await east.pipe.say(subject, b"forged")
    await east.pipe.hear(foreign.down_note, east.listen)
    await east.pipe.hear(foreign.up, east.listen)
    reader = await east.pipe.client.jetstream().pull_subscribe_bind(consumer=WEST, stream=own.down_stream)
    await city.pipe.say(foreign.down, b"for the west")
    await city.pipe.say(foreign.down_note, b"a note for the west")
    with pytest.raises(TimeoutError):
        await reader.fetch(1, timeout=1)
    await _until(lambda: {b"for the west", b"a note for the west"} <= set(west.heard))
    await east.pipe.say(own.up_note, b"a note from the east")
    await city.pipe.say(own.down_note, b"a note for the east")
    await _until(lambda: b"a note from the east" in city.heard and b"a note for the east" in east.heard)
    assert b"forged" not in {*city.heard, *east.heard, *west.heard}
    assert not [*city.wrong, *east.wrong, *west.wrong]
    assert not {b"for the west", b"a note for the west"} & set(east.heard)


@contextlib.asynccontextmanager
async def _pipes(cluster: Cluster):
    async def above(ear: Ear) -> None:
        await ear.pipe.ensure_streams(CITY, [EAST, WEST], replicas=3)
        await ear.pipe.hear(Subjects(CITY, "*").up_note, ear.listen)
        ear.pipe.drink(Subjects(CITY, "").up_stream, "in", ear.listen_to_all, ear.expect)

    def below(name: str) -> Callable[[Ear], Awaitable[None]]:
        async def on(ear: Ear) -> None:
            await ear.pipe.hear(Subjects(CITY, name).down_note, ear.listen)
            ear.pipe.drink(Subjects(CITY, name).down_stream, name, ear.listen_to_all, ear.expect)

        return on

    ears = [Ear(cluster, CITY, above)]
    try:
        await asyncio.wait_for(ears[0].ready.wait(), 30)  # the nodes below find their streams made
        ears += [Ear(cluster, name, below(name)) for name in (EAST, WEST)]
        await _until(lambda: all(ear.ready.is_set() for ear in ears))
        yield ears
    finally:
        for ear in ears:
            await ear.pipe.close()


async def _until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(15):
        while not true():
            await asyncio.sleep(0.05)


def _users() -> list[server.User]:
    keys = {name: nkeys.public_of(secret) for name, secret in SECRETS.items()}
    below = [Peer(name, name[:6], Level.COUNTY, False, b"", keys[name], date(2099, 1, 1)) for name in (EAST, WEST)]
    return server.everyone(keys[CITY], CITY, below, [])


def _ports(count: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        taken = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in taken:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in taken]
