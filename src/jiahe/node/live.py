"""Tells open boards that the journal has grown: server-sent events over ASGI, `{"seq": n}` and nothing else.

One watcher for a process looks at the journal's end, however many boards are open; it speaks at most once in `TICK`
seconds, and its listeners hear it spread over `SPREAD` seconds, so that fifty boards do not ask in the same instant.
What a board then fetches goes through the ordinary door of the ordinary page.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from io import BytesIO
from itertools import count
from types import FrameType
from typing import Any

import uvicorn
from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.base import BaseHandler
from django.db import DatabaseError, close_old_connections, connection

from jiahe.journal.queries import head

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

POLL = 0.05
"""Seconds between two looks at the journal's end; each takes a few hundredths of a millisecond."""
TICK = 0.3
SPREAD = 0.1
HEARTBEAT = 15.0
"""Seconds of silence after which a stream shows that it lives, and the door is asked again."""
RETRY_MS = 2_000
_GOLDEN = 0.618034
_log = logging.getLogger(__name__)


class Feed:
    """The listeners of one process and the watcher that wakes them. Lives in one event loop."""

    def __init__(self) -> None:
        self.seq = 0
        self.closed = False
        self._loop = asyncio.get_running_loop()
        self._listeners: set[asyncio.Event] = set()
        self._watcher: asyncio.Task[None] | None = None
        # one thread, so one database connection, for all that this module asks of the database
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="live")

    async def ask(self, question: Callable[..., Any], *values: object) -> Any:
        """Ask the database in the feed's own thread."""
        return await self._loop.run_in_executor(self._thread, question, *values)

    def join(self) -> asyncio.Event:
        """A new listener; the first one starts the watcher."""
        news = asyncio.Event()
        self._listeners.add(news)
        if self._watcher is None:
            self._watcher = self._loop.create_task(self._watch())
        return news

    def leave(self, news: asyncio.Event) -> None:
        """A listener less; the last one stops the watcher."""
        self._listeners.discard(news)
        if not self._listeners and self._watcher is not None:
            self._watcher.cancel()
            self._watcher = None

    def close(self) -> None:
        """End all streams; from any thread or a signal handler."""
        self.closed = True
        with suppress(RuntimeError):  # the loop has ended already
            self._loop.call_soon_threadsafe(self._wake)
        self._thread.shutdown(wait=False)

    def _wake(self) -> None:
        for news in self._listeners:
            news.set()

    async def _watch(self) -> None:
        version = None
        while not self.closed:
            try:
                version, seq = await self.ask(_look, version, self.seq)
            except DatabaseError:
                _log.warning("live: the database does not answer")
                await asyncio.sleep(TICK)
                continue
            if seq == self.seq:
                await asyncio.sleep(POLL)
                continue
            self.seq = seq
            self._wake()
            await asyncio.sleep(TICK)


_feed: Feed | None = None
_numbers = count()


class Server(uvicorn.Server):
    """Uvicorn, which waits for open answers when it is told to stop: so the streams are ended first."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """On SIGTERM or SIGINT."""
        close()
        super().handle_exit(sig, frame)


def close() -> None:
    """End all streams."""
    if _feed is not None:
        _feed.close()


async def lifespan(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
    """The server's start and stop."""
    while True:
        stage = (await receive())["type"]
        if stage == "lifespan.shutdown":
            close()
        await send({"type": f"{stage}.complete"})
        if stage == "lifespan.shutdown":
            return


async def events(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
    """The ASGI application behind /events: refuses like the page's door, else streams until somebody leaves."""
    feed = _joined()
    if await feed.ask(_door, scope) != 204:
        await send({"type": "http.response.start", "status": 403, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body"})
        return
    await send(
        {
            "type": "http.response.start",
            "status": 200,
            "headers": [
                (b"content-type", b"text/event-stream"),
                (b"cache-control", b"no-store"),
                (b"x-accel-buffering", b"no"),
            ],
        }
    )
    news = feed.join()
    leaving = asyncio.create_task(_leaving(receive, news))
    try:
        await _stream(feed, scope, news, leaving, send)
    finally:
        feed.leave(news)
        leaving.cancel()


async def _stream(
    feed: Feed, scope: MutableMapping[str, Any], news: asyncio.Event, leaving: asyncio.Task[None], send: Send
) -> None:
    delay = next(_numbers) * _GOLDEN % 1 * SPREAD
    told = await feed.ask(_seq)
    await _say(send, f"retry: {RETRY_MS}\n\n{_head(told)}")
    while True:
        try:
            await asyncio.wait_for(news.wait(), HEARTBEAT)
        except TimeoutError:
            if await feed.ask(_door, scope) != 204:
                break
            await _say(send, ":\n\n")
            continue
        news.clear()
        if leaving.done():
            return
        if feed.closed:
            break
        await asyncio.sleep(delay)
        if feed.seq > told:
            told = feed.seq
            await _say(send, _head(told))
    await send({"type": "http.response.body"})


async def _say(send: Send, words: str) -> None:
    await send({"type": "http.response.body", "body": words.encode(), "more_body": True})


async def _leaving(receive: Receive, news: asyncio.Event) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    news.set()


def _joined() -> Feed:
    global _feed
    if _feed is None or _feed.closed or _feed._loop is not asyncio.get_running_loop():
        _feed = Feed()
    return _feed


def _head(seq: int) -> str:
    return f"event: head\ndata: {json.dumps({'seq': seq})}\n\n"


def _seq() -> int:
    return head().size


def _look(version: int | None, seq: int) -> tuple[int | None, int]:
    """The database's version, where it has one, and the journal's end, read only if the version has changed."""
    close_old_connections()
    if connection.vendor != "sqlite":
        return None, _seq()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        (now,) = cursor.fetchone()
    return now, seq if now == version else _seq()


@cache
def _handler() -> BaseHandler:
    handler = BaseHandler()
    handler.load_middleware()
    return handler


def _door(scope: MutableMapping[str, Any]) -> int:
    """The status with which Django's view of the same address answers: every middleware and door is asked."""
    close_old_connections()
    response = _handler().get_response(ASGIRequest(scope, BytesIO()))
    response.close()
    return response.status_code
