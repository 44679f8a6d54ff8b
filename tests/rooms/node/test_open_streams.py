"""Streams of pages that are open to everybody are so many at most: nobody keeps the officers' boards waiting."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from jiahe.node import live


def scope(path: str) -> dict[str, Any]:
    """What a server says of a request, with a made-up session."""
    return {"path": path, "headers": [(b"cookie", b"sessionid=madeup")]}


async def _full(monkeypatch: pytest.MonkeyPatch) -> tuple[bool, bool, bool]:
    monkeypatch.setattr(live, "OPEN_STREAMS", 2)
    feed = live.Feed()
    screen, board = scope("/queue/411723101/events"), scope("/window/board/events")
    before = feed.full(screen)
    feed._listeners |= {live.Listener(screen, n) for n in range(2)}
    told = before, feed.full(screen), feed.full(board)
    feed.close()
    return told


@pytest.mark.once("sqlcipher")
def test_the_screens_are_full_and_the_boards_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    assert asyncio.run(_full(monkeypatch)) == (False, True, False)
