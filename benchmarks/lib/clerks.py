# SPDX-License-Identifier: AGPL-3.0-or-later
"""A server process, and clerks who speak to it over HTTP as a browser does: cookies, CSRF, once-keys, keep-alive."""

from __future__ import annotations

import contextlib
import http.client
import random
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import uuid4

PASSWORD = "jiahe-demo"  # noqa: S105 - of the demo, which holds nobody's data
VILLAGE = "411723101200"
"""Where the demo's village worker works."""
IDLE = 3.0
"""Seconds after which a line is not used again; the server hangs up after five."""


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextlib.contextmanager
def server() -> Iterator[int]:
    """A server on the home that the environment names, as `./jiahe up` starts it; gives its port. Raises RuntimeError
    if it does not answer within a minute."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "jiahe.node", "up", "--port", str(port), "--people", "1"], stdout=subprocess.DEVNULL
    )
    try:
        wait(port, alive=lambda: process.poll() is None)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def wait(port: int, *, seconds: float = 60, alive=lambda: True) -> None:
    """Until somebody answers there. Raises RuntimeError."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and alive():
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise RuntimeError(f"the server on port {port} did not start")


class Clerk:
    """One browser: its cookies and its connection. Not for several threads."""

    def __init__(self, port: int, cookies: Mapping[str, str] | None = None) -> None:
        self.port = port
        self.cookies = dict(cookies or {})
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._used = 0.0

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Status and body."""
        return self._ask("GET", path, None, headers)[:2]

    def post(self, path: str, fields: Mapping[str, str | list[str]]) -> tuple[int, str]:
        """Send a form; status, and where it leads. Raises OSError or HTTPException if the line breaks."""
        token = {"csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}
        body = urlencode({**token, **fields}, doseq=True)
        status, _, location = self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})
        return status, location

    def answer(self, path: str, fields: Mapping[str, str]) -> tuple[int, str]:
        """Send a form that is answered with a page; status and body."""
        body = urlencode({"csrfmiddlewaretoken": self.cookies.get("csrftoken", ""), **fields})
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})[:2]

    def log_in(self, username: str) -> None:
        """With the demo's password, in the first of his posts. Raises RuntimeError if that does not work."""
        self.get("/staff/sign-in/")
        status, location = self.post(
            "/staff/sign-in/", {"login": username, "password": PASSWORD, "_once": str(uuid4())}
        )
        if status not in (302, 303) or "sessionid" not in self.cookies:
            raise RuntimeError(f"{username} was not let in: {status} {location}")
        if post := re.search(r'name="post" value="([^"]+)"', self.get("/staff/post/")[1]):
            self.post("/staff/post/", {"post": post[1], "_once": str(uuid4())})

    def hang_up(self) -> None:
        """Close the line; the next request opens another."""
        self._line.close()

    def _ask(self, method: str, path: str, body: str | None, headers: Mapping[str, str]) -> tuple[int, str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if time.monotonic() - self._used > IDLE:
            self._line.close()  # the server may have hung up; a browser would notice
        try:
            self._line.request(method, path, body, {**headers, "Cookie": cookies})
            answer = self._line.getresponse()
            text = answer.read().decode()
        except BaseException:
            self._line.close()
            raise
        self._used = time.monotonic()
        for said in answer.headers.get_all("Set-Cookie") or ():
            name, value = said.partition(";")[0].split("=", 1)
            self.cookies[name] = value
        self.cookies.pop("messages", None)  # the page that we do not fetch would have shown it
        return answer.status, text, answer.headers.get("Location", "")


def registration(phone: str, *, key: str = "", area: str = VILLAGE) -> dict[str, str]:
    """The form by which somebody is registered. Name and birth follow from the phone, so that he is nobody's double."""
    some = random.Random(phone)
    given = "".join(chr(some.randrange(0x4E00, 0x9000)) for _ in range(2))
    birth_on = date(1950, 1, 1) + timedelta(days=some.randrange(20_000))
    return {
        "_once": key or str(uuid4()), "name": some.choice("王李张刘陈杨赵黄周吴") + given, "surname": "", "sex": "male",
        "birth_on": str(birth_on), "document": "resident_id", "identity_number": "", "area": area,
        "since": "2020-03-01", "phone": phone,
    }  # fmt: skip


def stamp_of(board: str) -> int:
    """The journal's number that stands on a board. Raises ValueError for a page that is none."""
    found = re.search(r'data-figure="stamp.seq">([\d.,\s\u00a0]+)<', board)
    if not found:
        raise ValueError("this is no board")
    return int(re.sub(r"\D", "", found[1]))
