# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calling a nats-server with some key. Needs no Django."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import ssl

import nats
from nats.aio.client import Client
from nats.errors import Error as NatsError

from jiahe.network import nkeys

logging.getLogger("asyncio").setLevel(logging.ERROR)  # it warns of a line over TLS whenever one ends


async def call(port: int, secret: bytes, name: str, trusting: ssl.SSLContext, patience: float = 10) -> Client:
    """A connection to the nats-server at that port of this machine, tried again for so many seconds."""
    end = asyncio.get_running_loop().time() + patience
    while True:
        try:
            return await nats.connect(
                f"tls://127.0.0.1:{port}",
                **({"nkeys_seed_str": nkeys.seed_of(secret)} if secret else {}),
                tls=trusting,
                tls_handshake_first=True,
                allow_reconnect=False,
                connect_timeout=2,
                max_reconnect_attempts=1,
                inbox_prefix=f"_INBOX.{name}".encode(),
                error_cb=_silent,
            )
        except (NatsError, OSError):
            if asyncio.get_running_loop().time() > end:
                raise
            await asyncio.sleep(0.1)


async def comes_in(port: int, secret: bytes, trusting: ssl.SSLContext, patience: float = 0) -> bool:
    """Whether the server lets somebody in with this key, still so after some seconds of patience."""
    end = asyncio.get_running_loop().time() + patience
    while True:
        with contextlib.suppress(Exception):
            await (await call(port, secret, "x", trusting, patience=0)).close()
            if asyncio.get_running_loop().time() > end:
                return True
            await asyncio.sleep(0.1)
            continue
        return False


async def _silent(error: Exception) -> None:
    """What was refused is seen at the other end."""
