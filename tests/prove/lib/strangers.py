# SPDX-License-Identifier: AGPL-3.0-or-later
"""Somebody with a township's NKey, or with none that is known, tries what he may do on a county's nats-server. Import
only once Django is set up."""

from __future__ import annotations

import asyncio
import secrets
import ssl
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from nats.aio.client import Client

from jiahe.network import certificates, nkeys, server
from jiahe.network.subjects import Subjects, joining
from tests.prove.lib.branches import free_ports
from tests.prove.lib.calling import call, comes_in

UPPER = "411723"
OWNER, NORTH, SOUTH, GUEST, UNKNOWN = (bytes([n]) * 32 for n in range(1, 6))
_NORTH, _SOUTH = Subjects(UPPER, "411723101-north"), Subjects(UPPER, "411723102-south")
_NEXT = "$JS.API.CONSUMER.MSG.NEXT"
OWN = 4
"""What the township may do: write its two subjects, read its two."""
WRITES = (
    _SOUTH.up, _SOUTH.up_note, _NORTH.down, _NORTH.down_note, _SOUTH.down, _SOUTH.down_note, "up.4117.411723-county",
    f"up.{UPPER}.411723101-north.more", "anything", "_INBOX.411723-county.x", f"{_SOUTH.inbox}.x", joining("X"),
    f"{_NEXT}.{_SOUTH.down_stream}.{_SOUTH.lower}", f"{_NEXT}.{_NORTH.up_stream}.in", "$SYS.REQ.SERVER.PING",
    *(f"$JS.API.STREAM.{verb}.{name}" for verb in ("CREATE", "UPDATE", "DELETE", "PURGE", "INFO", "MSG.GET", "SNAPSHOT")
      for name in (_NORTH.up_stream, _NORTH.down_stream)),
    *(f"$JS.API.CONSUMER.{verb}.{_NORTH.down_stream}.x" for verb in ("CREATE", "DURABLE.CREATE", "DELETE")),
)  # fmt: skip
READS = (
    ">", "up.>", "down.>", "note.>", _NORTH.up, _SOUTH.down, _SOUTH.down_note, _SOUTH.up, _SOUTH.up_note, "join.>",
    "_INBOX.>", f"{_SOUTH.inbox}.>", "$JS.>", "$SYS.>", "note.down.>", f"note.down.{UPPER}.*",
)  # fmt: skip


class Seen(NamedTuple):
    """How often it was tried and refused, what was let through, and how many of its own subjects served."""

    tried: int
    refused: int
    let: list[str]
    served: int


def run() -> Seen:
    """Try everything once."""
    return asyncio.run(_run())


async def _run() -> Seen:
    port = free_ports()
    with tempfile.TemporaryDirectory(prefix="jiahe-pipe-") as name:
        folder = Path(name)
        certificate, key = certificates.make(folder, "county", at=datetime.now(UTC))
        users = [
            server.User(nkeys.public_of(OWNER)),
            server.guest(nkeys.public_of(GUEST)),
            server.member(_NORTH, nkeys.public_of(NORTH)),
            server.member(_SOUTH, nkeys.public_of(SOUTH)),
        ]
        told = {"name": "county", "listen": f"127.0.0.1:{port}", "certificate": certificate, "key": key}
        watched = server.Server(folder, secrets.token_bytes(32))
        await watched.tell(server.configuration(folder=folder, users=users, **told))
        trusting = certificates.trusting(certificate.read_text("ascii"))
        try:
            owner = await call(port, OWNER, "411723-county", trusting)
            seen = await _visits(port, owner, trusting)
            await watched.tell(server.configuration(folder=folder, users=[users[0], users[3]], **told))
            seen.append(("connect: revoked", await comes_in(port, NORTH, trusting, patience=5)))
            served = await _own(port, owner, trusting)
            await owner.close()
        finally:
            await watched.stop()
    let = [what for what, through in seen if through]
    return Seen(len(seen), len(seen) - len(let), let, served)


async def _visits(port: int, owner: Client, trusting: ssl.SSLContext) -> list[tuple[str, bool]]:
    """Everything a township, a guest and strangers may not do, and whether it could be done."""
    found = [
        ("connect: unknown key", await comes_in(port, UNKNOWN, trusting)),
        ("connect: no key", await comes_in(port, b"", trusting)),
    ]
    heard: list[str] = []
    await owner.subscribe(">", cb=_note(heard))
    for who, secret, name in (("north", NORTH, _NORTH.lower), ("guest", GUEST, nkeys.public_of(GUEST))):
        client = await call(port, secret, name, trusting)
        for subject in (*WRITES, *((_NORTH.up, _NORTH.up_note) if who == "guest" else ())):
            heard.clear()
            await client.publish(subject, b"forged")
            await client.flush()
            await owner.flush()
            found.append((f"{who} writes {subject}", subject in heard))
        for subject in READS:
            got: list[str] = []
            await client.subscribe(subject, cb=_note(got))
            await client.flush()
            for said in (_SOUTH.down, _SOUTH.down_note, _SOUTH.up, _SOUTH.up_note, f"{_SOUTH.inbox}.x", "join.y"):
                await owner.publish(said, b"secret")
            await owner.flush()
            await client.flush()
            found.append((f"{who} reads {subject}", bool(got)))
        await client.close()
    return found


async def _own(port: int, owner: Client, trusting: ssl.SSLContext) -> int:
    """The southern township, which is still welcome, does what it may: again, for a few seconds, since what is said to
    somebody who called while the server read who may come can be lost."""
    heard: list[str] = []
    got: list[str] = []
    await owner.subscribe(">", cb=_note(heard))
    client = await call(port, SOUTH, _SOUTH.lower, trusting)
    for subject in (_SOUTH.down_note, f"{_SOUTH.inbox}.>"):
        await client.subscribe(subject, cb=_note(got))
    await client.flush()
    ups, downs = {_SOUTH.up, _SOUTH.up_note}, {_SOUTH.down_note, f"{_SOUTH.inbox}.x"}
    served = 0
    for _ in range(50):
        for subject in ups:
            await client.publish(subject, b"honest")
        for subject in downs:
            await owner.publish(subject, b"for you")
        for each in (client, owner, client):
            await each.flush()
        served = len(ups & {*heard}) + len(downs & {*got})
        if served == OWN:
            break
        await asyncio.sleep(0.1)
    await client.close()
    return served


def _note(heard: list[str]) -> Any:
    async def note(message: Any) -> None:
        heard.append(message.subject)

    return note
