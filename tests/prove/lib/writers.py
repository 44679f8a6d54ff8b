# SPDX-License-Identifier: AGPL-3.0-or-later
"""Processes that write without pause and can be killed and started again in a moment: forked from one that has loaded
everything and holds no database connection. Import only once Django is set up; fork only from a process without
threads.
"""

from __future__ import annotations

import contextlib
import http.client
import logging
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from uuid import uuid4

from benchmarks.lib import clerks

Send = Callable[[str, str], int]
"""Send the form with (key, phone); the status of the answer, 0 if there was none."""

DRAIN_SECONDS = 60


def fork(work: Callable[[], None]) -> int:
    """Do `work` in a child process; its process id. The child never returns."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return child
    code = 1
    logging.disable()  # that the database went away is what is being tried
    try:
        work()
        code = 0
    except KeyboardInterrupt:
        pass
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


class Crew:
    """Who runs, by name: the server, and four writers (0 and 1 write in process, 2 and 3 over HTTP)."""

    def __init__(self, logs: Sequence[Path], *, careless: bool) -> None:
        self.logs, self.careless = logs, careless
        self.port = clerks.free_port()
        self.stop = logs[0].with_name("stop")
        self.running: dict[str, int] = {}
        self.cookies: dict[str, str] = {}

    def start(self) -> None:
        """Everybody; the server first, so that somebody can log in."""
        self.revive("server")
        clerk = clerks.Clerk(self.port)
        clerk.log_in("village")
        clerk.hang_up()
        self.cookies = clerk.cookies
        for number in range(4):
            self.revive(f"writer {number}")

    def victims(self) -> dict[str, int]:
        """Who may be killed now: the server, the writers in process, PostgreSQL's processes."""
        ours = {who: pid for who, pid in self.running.items() if who in ("server", "writer 0", "writer 1")}
        return ours | _backends()

    def revive(self, who: str) -> None:
        """Start him (again, when he has been killed)."""
        if who in self.running:
            os.waitpid(self.running.pop(who), 0)
        if who == "server":
            self.running[who] = fork(self._serve)
            clerks.wait(self.port)
        elif who.startswith("writer"):
            number = int(who[-1])
            self.running[who] = fork(lambda: self._write(number))

    def drain(self) -> None:
        """Let the writers end when everything they sent is answered. Raises TimeoutError."""
        self.stop.touch()
        end = time.monotonic() + DRAIN_SECONDS
        for who in [who for who in self.running if who != "server"]:
            while os.waitpid(self.running[who], os.WNOHANG) == (0, 0):
                if time.monotonic() > end:
                    raise TimeoutError(f"{who} got no answer")
                time.sleep(0.02)
            del self.running[who]

    def end(self) -> None:
        """Kill whoever still runs."""
        for child in self.running.values():
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        self.running.clear()

    def _serve(self) -> None:
        import uvicorn

        uvicorn.run(
            "jiahe.node.asgi:application", host="127.0.0.1", port=self.port, log_level="critical", access_log=False
        )

    def _write(self, number: int) -> None:
        send = _in_process(self.cookies) if number < 2 else _over_http(self.port, self.cookies)
        log = self.logs[number]
        lines = [line.split() for line in log.read_text("ascii").splitlines()] if log.exists() else []
        answered = {line[1] for line in lines if line[0] == "done" and len(line) == 2}
        open_ = {line[2]: line[1] for line in lines if line[0] == "sent" and len(line) == 3 and line[2] not in answered}
        following = sum(line[0] == "sent" for line in lines)
        with log.open("ab", buffering=0) as notes:
            while open_ or not self.stop.exists():
                if open_:
                    phone, key = open_.popitem()
                else:
                    following += 1
                    phone, key = f"13{number}{following:08d}", str(uuid4())
                while True:
                    notes.write(f"sent {key} {phone}\n".encode())
                    status = send(key, phone)
                    if status == 303:
                        break
                    if 400 <= status < 500:
                        raise RuntimeError(f"the form of {phone} was refused: {status}")
                    time.sleep(0.02)
                    key = str(uuid4()) if self.careless else key
                notes.write(f"done {phone}\n".encode())


@contextlib.contextmanager
def crew(logs: Sequence[Path], *, careless: bool = False) -> Iterator[Crew]:
    """Four writers and a server at work."""
    from django.db import connections
    from django.test import Client

    from jiahe.node import asgi

    Client(HTTP_HOST="127.0.0.1").get("/staff/sign-in/")
    assert asgi.application
    connections.close_all()
    made = Crew(logs, careless=careless)
    try:
        made.start()
        yield made
    finally:
        made.end()


def read(logs: Sequence[Path]) -> tuple[list[str], list[str]]:
    """The phones in all forms sent, once for each sending, and in those answered."""
    lines = [line.split() for log in logs for line in log.read_text("ascii").splitlines()]
    return [line[2] for line in lines if line[0] == "sent"], [line[1] for line in lines if line[0] == "done"]


def answered(logs: Sequence[Path]) -> int:
    """How many forms were answered so far."""
    return sum(log.read_bytes().count(b"done ") for log in logs if log.exists())


def _in_process(cookies: dict[str, str]) -> Send:
    from django.db import close_old_connections
    from django.test import Client

    client = Client(HTTP_HOST="127.0.0.1", raise_request_exception=False)
    client.cookies.load(cookies)

    def send(key: str, phone: str) -> int:
        close_old_connections()  # as a server does before each request, and the test client alone does not
        return client.post("/people/register/", clerks.registration(phone, key=key)).status_code

    return send


def _over_http(port: int, cookies: dict[str, str]) -> Send:
    clerk = clerks.Clerk(port, cookies)

    def send(key: str, phone: str) -> int:
        try:
            return clerk.post("/people/register/", clerks.registration(phone, key=key))[0]
        except (OSError, http.client.HTTPException):
            return 0

    return send


def _backends() -> dict[str, int]:
    """PostgreSQL's processes that serve somebody, if we may kill them: it then ends all and recovers."""
    from django.db import connection

    if connection.vendor != "postgresql" or os.geteuid() != 0:
        return {}
    import psycopg

    given = connection.get_connection_params()
    known = {name: given[name] for name in ("dbname", "user", "password", "host", "port")}
    try:
        with psycopg.connect(**known, connect_timeout=2) as asking:
            found = asking.execute(
                "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'"
                " AND datname = current_database() AND pid <> pg_backend_pid()"
            ).fetchall()
    except psycopg.OperationalError:
        return {}
    return {"database": found[0][0]} if found else {}
