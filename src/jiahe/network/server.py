"""The nats-server of a node that has others below it: its configuration, and a watch that starts it again."""

import asyncio
import contextlib
import json
import logging
import os
import shutil
import signal
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jiahe.network.peers import Peer
from jiahe.network.subjects import Subjects, joining

MAX_PAYLOAD = 8 * 1024 * 1024
MAX_STORE = 1024 * 1024 * 1024
_log = logging.getLogger(__name__)
_TOO_SOON = 3.0
"""A server that lived no longer than these seconds could not read what it keeps: it is given an empty store."""


@dataclass(frozen=True, slots=True)
class User:
    """Who may connect: his NKey, and the subjects he may write and read; empty for the node itself, which may all."""

    link_key: str
    publish: tuple[str, ...] = ()
    subscribe: tuple[str, ...] = ()


def member(subjects: Subjects, link_key: str) -> User:
    """A node below."""
    return User(link_key, tuple(subjects.may_publish()), tuple(subjects.may_subscribe()))


def guest(link_key: str) -> User:
    """Whoever holds an invitation: he may ask to join, and hear the answer."""
    return User(link_key, (joining(link_key),), (f"_INBOX.{link_key}.>",))


def everyone(own: str, area: str, peers: Iterable[Peer], guests: Iterable[str]) -> list[User]:
    """All who may come to the pipe of the node of `area` with the NKey `own`: itself, whoever holds an invitation, and
    of its neighbours those below."""
    members = [member(Subjects(area, peer.name), peer.link_key) for peer in peers if not peer.above]
    return [User(own), *(guest(key) for key in guests), *members]


def authorization(users: Sequence[User]) -> dict[str, Any]:
    """Who may connect, as nats-server reads it."""
    return {"users": [_user(user) for user in users], "timeout": 5}


def block(users: Sequence[User]) -> str:
    """The same as a file of its own, which the configuration of a cluster that somebody else runs includes."""
    return f"authorization: {json.dumps(authorization(users), indent=1)}\n"


def configuration(
    *, name: str, listen: str, folder: Path, certificate: Path, key: Path, users: Sequence[User]
) -> dict[str, Any]:
    """All that nats-server is told. What it keeps on disk is encrypted with the key in its environment."""
    return {
        "server_name": name,
        "listen": listen,
        "max_payload": MAX_PAYLOAD,
        "max_pending": 4 * MAX_PAYLOAD,
        "max_connections": 4_000,
        "write_deadline": "30s",
        "ping_interval": "10s",
        "tls": {
            "cert_file": str(certificate),
            "key_file": str(key),
            "min_version": "1.3",
            "handshake_first": True,
        },
        "jetstream": {
            "store_dir": str(folder / "store"),
            "max_memory_store": 64 * 1024 * 1024,
            "max_file_store": MAX_STORE,
            "cipher": "chacha",
            "key": "$JIAHE_PIPE_KEY",
        },
        "authorization": authorization(users),
        "pid_file": str(folder / "server.pid"),
        "logtime": True,
    }


def program() -> str | None:
    """The nats-server of this environment, or the system's."""
    beside = Path(sys.executable).with_name("nats-server")
    return str(beside) if beside.exists() else shutil.which("nats-server")


class Server:
    """Runs nats-server as long as it is wanted."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self.folder = folder
        self.config = folder / "server.conf"
        self._key = key
        self._process: asyncio.subprocess.Process | None = None
        self._watch: asyncio.Task[None] | None = None
        self._told = ""

    async def tell(self, configuration: dict[str, Any]) -> bool:
        """Use this configuration; starts the server, or has it read it anew. Whether anything changed."""
        text = _conf(configuration)
        if text == self._told:
            return False
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = self.config.with_suffix(".new")
        fresh.write_text(text, "utf-8")
        fresh.rename(self.config)
        self._told = text
        if self._watch is None:
            self._watch = asyncio.create_task(self._keep_running())
        elif self._process is not None and self._process.returncode is None:
            self._process.send_signal(signal.SIGHUP)
        return True

    async def stop(self) -> None:
        """End it."""
        if self._watch is not None:
            self._watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watch
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._process.wait(), 5)
        if self._process is not None and self._process.returncode is None:
            self._process.kill()

    async def _keep_running(self) -> None:
        path = program()
        if path is None:
            _log.error("courier: no nats-server is here, so nobody below can be heard; it comes with ./jiahe up")
            return
        loop = asyncio.get_running_loop()
        await self._end_left_over()
        while True:
            began = loop.time()
            with (self.folder / "server.log").open("ab") as log:
                self._process = await asyncio.create_subprocess_exec(
                    path, "-c", str(self.config), stdout=log, stderr=log,
                    env={**os.environ, "JIAHE_PIPE_KEY": self._key.hex()},
                )  # fmt: skip
            await self._process.wait()
            if loop.time() - began < _TOO_SOON:
                self._empty()
                await asyncio.sleep(0.3)

    async def _end_left_over(self) -> None:
        """A server whose courier was killed still has the port and the store, and lets in whom it was told of then."""
        for sign in (signal.SIGTERM,) * 30 + (signal.SIGKILL,) * 20:
            left = self._left_over()
            if left is None:
                return
            with contextlib.suppress(ProcessLookupError):
                os.kill(left, sign)
            await asyncio.sleep(0.1)

    def _left_over(self) -> int | None:
        try:
            left = int((self.folder / "server.pid").read_text("ascii"))
            said = Path(f"/proc/{left}/cmdline").read_bytes().split(b"\0")
        except (OSError, ValueError):
            return None
        return left if os.fsencode(self.config) in said else None

    def _empty(self) -> None:
        """What it kept may be damaged, and is in the journals anyway."""
        store = self.folder / "store"
        if store.exists():
            shutil.rmtree(self.folder / "store.broken", ignore_errors=True)
            store.rename(self.folder / "store.broken")


def _user(user: User) -> dict[str, Any]:
    if not user.publish:
        return {"nkey": user.link_key}
    return {
        "nkey": user.link_key,
        "permissions": {"publish": {"allow": list(user.publish)}, "subscribe": {"allow": list(user.subscribe)}},
    }


def _conf(value: Any) -> str:
    """JSON, which nats-server reads; what begins with a dollar is a name in its environment."""
    return json.dumps(value, indent=1).replace('"$JIAHE_PIPE_KEY"', "$JIAHE_PIPE_KEY") + "\n"
