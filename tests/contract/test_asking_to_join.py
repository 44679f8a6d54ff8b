# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whoever asks to join, and a nats-server on which his question is lost."""

import asyncio
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import nats
import pytest

from jiahe.network import server
from jiahe.network.joining import ask
from jiahe.network.problems import NodeUnreachable
from jiahe.network.subjects import joining

pytestmark = pytest.mark.once("sqlcipher")  # asks no database

KEY = "UA"


@pytest.fixture(name="place")
def _place(tmp_path: Path) -> Iterator[str]:
    """A server with nothing set."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    program = server.program()
    assert program
    with (tmp_path / "log").open("wb") as log:
        running = subprocess.Popen([program, "-a", "127.0.0.1", "-p", str(port)], stdout=log, stderr=log)
    yield f"nats://127.0.0.1:{port}"
    running.terminate()
    running.wait()


@pytest.mark.parametrize("lost", [0, 1, 2])
def test_a_question_that_was_lost_is_asked_again(place: str, lost: int) -> None:
    assert asyncio.run(_asked(place, lost=lost)) == b"welcome"


def test_whoever_is_never_answered_is_told_so(place: str) -> None:
    with pytest.raises(NodeUnreachable):
        asyncio.run(_asked(place, lost=3))


async def _asked(place: str, *, lost: int) -> bytes:
    """What the one who asks is answered, if so many of his questions are lost."""
    above = await nats.connect(place, max_reconnect_attempts=50, reconnect_time_wait=0.1)
    below = await nats.connect(place)
    left = lost

    async def asked(message: "nats.aio.msg.Msg") -> None:
        nonlocal left
        left -= 1
        if left < 0:
            await message.respond(b"welcome")

    try:
        await above.subscribe(joining(KEY), cb=asked)
        await above.flush()
        await above.flush()
        return await ask(below, KEY, b"let me in", patience=0.5)
    finally:
        await below.close()
        await above.close()
