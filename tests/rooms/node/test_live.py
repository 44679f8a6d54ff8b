"""The stream of events, on a server of its own: news within a second, shut to strangers, ended with session and server.

A server runs in its own process, and facts are recorded from another, as it is in a county.
"""

from __future__ import annotations

import asyncio
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from jiahe.node import live

ROOT = Path(__file__).resolve().parents[3]
BIRTHS = """
import sys, time, django
django.setup()
from uuid import uuid4
from jiahe.journal.recording import record
from jiahe.node.clock import now
from jiahe.registry.facts import Born, Sex
from jiahe.staff.scope import founding
from jiahe.staff.session import civil_day
for line in sys.stdin:
    born = Born(uuid4(), civil_day(now()), "411723101200", Sex.FEMALE, None, None)
    record(born, by=founding("", now()), at=now(), area=born.area)
    print(time.time(), flush=True)
"""

SERVER = """
import sys
from uvicorn import Config
from jiahe.node import asgi, live
live.HEARTBEAT = 0.5
config = Config(asgi.application, port=int(sys.argv[1]), log_level="warning", timeout_graceful_shutdown=5)
live.Server(config).run()
"""


@dataclass
class Server:
    """A running node, and somebody who records births beside it."""

    process: subprocess.Popen[bytes]
    births: subprocess.Popen[str]
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    connections: list[http.client.HTTPConnection] = field(default_factory=list)

    def ask(self, address: str, body: dict[str, str] | None = None, **headers: str) -> http.client.HTTPResponse:
        """One request; cookies are kept. The answer is not read."""
        self.connections.append(connection := http.client.HTTPConnection("127.0.0.1", self.port, timeout=10))
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookie, **headers}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        method = "GET" if body is None else "POST"
        connection.request(method, address, urlencode(body) if body is not None else None, headers)
        answer = connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return answer

    def sign_in(self, username: str) -> None:
        """As a demo account."""
        page = self.ask("/staff/sign-in/").read().decode()
        fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
        fields |= {"login": username, "password": "jiahe-demo"}
        assert self.ask("/staff/sign-in/", fields, Referer=f"http://127.0.0.1:{self.port}/").status in {302, 303}

    def record_birth(self) -> float:
        """Somebody records a birth; the instant at which it was saved."""
        print(file=self.births.stdin, flush=True)
        return float(self.births.stdout.readline())

    def listen(self, query: str = "") -> http.client.HTTPResponse:
        """Open a stream."""
        return self.ask(f"/events{query}", **{"Accept": "text/event-stream", "Accept-Encoding": "gzip, br"})


def next_seq(stream: http.client.HTTPResponse, after: int = -1) -> int:
    """The next journal position beyond `after` that the stream tells."""
    while True:
        line = stream.readline()
        assert line, "the stream has ended"
        found = re.search(rb'stamp\.seq">(\d+)<', line)
        if found and int(found[1]) > after:
            return int(found[1])


@pytest.fixture(scope="module")
def surroundings(django_db_setup: None, django_db_blocker) -> Iterator[dict[str, str]]:
    """A small demo county in a home of its own, on the database the suite runs on."""
    from django.db import connection

    with tempfile.TemporaryDirectory(prefix="jiahe-live-") as home, django_db_blocker.unblock():
        database = ""
        if connection.vendor == "postgresql":
            with connection._nodb_cursor() as cursor:
                cursor.execute("DROP DATABASE IF EXISTS jiahe_live WITH (FORCE)")
                cursor.execute("CREATE DATABASE jiahe_live")
            said = connection.settings_dict
            who = f"{quote(said['USER'], safe='')}:{quote(said['PASSWORD'], safe='')}"
            database = f"postgres://{who}@{quote(said['HOST'], safe='')}:{said['PORT']}/jiahe_live"
        around = {
            **os.environ,
            "JIAHE_HOME": home,
            "JIAHE_DATABASE": database,
            "PYTHONPATH": str(ROOT / "src"),
            "DJANGO_SETTINGS_MODULE": "jiahe.node.settings",
        }
        subprocess.run([sys.executable, "-m", "jiahe.node", "demo", "load", "--people", "300"], env=around, check=True)
        yield around


@pytest.fixture(scope="module")
def running(surroundings: dict[str, str]) -> Iterator[Server]:
    """One server for all tests but the one that stops it."""
    with started(surroundings) as made:
        yield made


@pytest.fixture
def server(running: Server) -> Server:
    """The server, with somebody from the county office signed in."""
    running.cookies.clear()
    running.sign_in("county")
    return running


@contextmanager
def started(surroundings: dict[str, str]) -> Iterator[Server]:
    """A server on a free port, which answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    births = subprocess.Popen(
        [sys.executable, "-c", BIRTHS], env=surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    made = Server(subprocess.Popen([sys.executable, "-c", SERVER, str(port)], env=surroundings), births, port)
    try:
        for _ in range(200):
            try:
                made.ask("/staff/sign-in/").read()
                break
            except ConnectionRefusedError:
                time.sleep(0.05)
        yield made
    finally:
        made.process.kill()
        made.process.wait()
        births.communicate()
        for connection in made.connections:
            connection.close()


def test_news_is_told_to_all_who_listen_within_a_second(server: Server) -> None:
    streams = [server.listen() for _ in range(5)]
    assert {stream.status for stream in streams} == {200}
    before = max(next_seq(stream) for stream in streams)
    saved = server.record_birth()
    assert {next_seq(stream, after=before) for stream in streams} == {before + 1}
    assert time.time() - saved < 1


def test_the_figures_are_of_the_news(server: Server) -> None:
    def births() -> int:
        line = b""
        while b'data-figure="births"' not in line:
            line = stream.readline()
        return int(re.search(rb'data-figure="births">(\d+)<', line)[1])

    stream = server.listen("?area=411723101200")
    before = births()
    server.record_birth()
    while (now := births()) == before:
        pass
    assert now == before + 1


def test_a_stranger_hears_nothing(server: Server) -> None:
    assert server.listen("?area=411722").status == 403
    server.cookies.clear()
    assert server.listen().status == 403


def test_the_stream_ends_when_its_listener_signs_out(server: Server) -> None:
    stream = server.listen()
    next_seq(stream)
    page = server.ask("/board/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    signed_out = server.ask("/staff/sign-out/", {"csrfmiddlewaretoken": token})
    assert signed_out.status in {302, 303}
    began = time.monotonic()
    while stream.readline():
        assert time.monotonic() - began < 5


def test_the_server_stops_at_once_though_boards_are_open(surroundings: dict[str, str]) -> None:
    with started(surroundings) as server:
        server.sign_in("county")
        stream = server.listen()
        next_seq(stream)
        began = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(timeout=10)
        assert time.monotonic() - began < 2
        stream.read()  # comes to its end


def test_a_signal_that_comes_while_a_question_is_handed_over_stops_the_server_too() -> None:
    """The loop then holds the lock of its thread: whoever waits for it in the signal handler waits for himself."""

    async def interrupted() -> None:
        feed = live.Feed()
        with feed._thread._shutdown_lock:
            signalled = threading.Thread(target=feed.close, daemon=True)
            signalled.start()
            signalled.join(5)
            assert not signalled.is_alive()
        await asyncio.sleep(0)
        with pytest.raises(RuntimeError):
            await feed.ask(str)

    asyncio.run(interrupted())
