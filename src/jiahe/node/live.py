"""Boards that change by themselves: the figures as server-sent events over ASGI, a second at most behind the journal.

One watcher for a process looks at the journal's end, however many boards are open. When it has grown, the figures are
asked of the ordinary view behind the ordinary door, once for all who look at the same board with the same rights, and
sent to each. Every listener's own door is asked when he comes and then with every heartbeat.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Hashable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from types import FrameType
from typing import Any

import uvicorn
from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.base import BaseHandler
from django.db import DatabaseError, close_old_connections, connection
from django.http import HttpResponse
from django.urls import Resolver404, resolve

from jiahe.indicators.queries import told
from jiahe.journal.queries import head

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Pulse = tuple[int, int]
"""Grows whenever something that is shown may have changed: where the journal ends, how often nodes below told sums."""

POLL = 0.05
"""Seconds between two looks at the journal's end; each takes a few hundredths of a millisecond."""
TICK = 0.3
"""Seconds for which a board stays as it is, however fast the journal grows."""
HEARTBEAT = 15.0
"""Seconds of silence after which figures are sent anew, and the longest a silent stream outlives its session."""
RETRY_MS = 2_000
OPEN_STREAMS = 100
"""Streams at most of pages that are open to everybody: screens on walls and telephones. Whoever comes later has a page
that he refreshes; nobody can keep the officers' boards waiting from outside."""
HEADERS = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store"), (b"x-accel-buffering", b"no")]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the view said: its status, which board it is (equal for all who may share it), and the event to send."""

    status: int
    board: Hashable = None
    event: bytes = b""


class Listener:
    """One open board. `news` is set when there is something to look at: figures, the end, or its leaving."""

    def __init__(self, scope: Scope, board: Hashable) -> None:
        self.scope = scope
        self.board = board
        self.public = is_public(scope)
        self.news = asyncio.Event()
        self.left = False

    async def leave(self, receive: Receive) -> None:
        """Waits until the browser is gone."""
        while (await receive())["type"] != "http.disconnect":
            pass
        self.left = True
        self.news.set()


class Feed:
    """The listeners of one process, and the watcher that wakes them. Lives in one event loop."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.closed = False
        self._pulse: Pulse = (0, 0)
        self._listeners: set[Listener] = set()
        self._answers: dict[Hashable, tuple[Pulse, asyncio.Task[Answer]]] = {}
        self._watcher: asyncio.Task[None] | None = None
        # one thread, so one database connection, for all that this module asks of the database
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="live")

    async def ask(self, question: Callable[..., Any], *values: object) -> Any:
        """Ask the database in the feed's own thread."""
        return await self.loop.run_in_executor(self._thread, question, *values)

    def full(self, scope: Scope) -> bool:
        """Whether somebody has to do without a stream of a page that is open to everybody."""
        return is_public(scope) and sum(each.public for each in self._listeners) >= OPEN_STREAMS

    def join(self, listener: Listener) -> None:
        """A listener more; the first one starts the watcher."""
        self._listeners.add(listener)
        self._watcher = self._watcher or self.loop.create_task(self._watch())

    def leave(self, listener: Listener) -> None:
        """A listener less; the last one stops the watcher."""
        self._listeners.discard(listener)
        if all(other.board != listener.board for other in self._listeners):
            self._answers.pop(listener.board, None)
        if not self._listeners and self._watcher is not None:
            self._watcher.cancel()
            self._watcher = None

    async def figures(self, listener: Listener) -> Answer:
        """The newest figures of the listener's board, asked by the first who wants them; a refusal is for him alone."""
        while True:
            known = self._answers.get(listener.board)
            mine = known is None or known[0] < self._pulse
            if known is None or mine:
                known = self._pulse, self.loop.create_task(self.ask(answer, listener.scope))
                self._answers[listener.board] = known
            found = await asyncio.shield(known[1])
            if found.status == 200 and (mine or found.board == listener.board):
                return found
            if self._answers.get(listener.board) is known:
                del self._answers[listener.board]
            if mine:
                return Answer(403)

    def close(self) -> None:
        """End all streams; from any thread or a signal handler. That may come while the loop hands a question to the
        thread and holds its lock, so only the loop ends the thread."""
        self.closed = True
        with suppress(RuntimeError):  # the loop has ended already
            self.loop.call_soon_threadsafe(self._end)

    def _end(self) -> None:
        self._wake()
        self._thread.shutdown(wait=False)

    def _wake(self) -> None:
        for listener in self._listeners:
            listener.news.set()

    async def _watch(self) -> None:
        version = None
        while not self.closed:
            try:
                version, pulse = await self.ask(_look, version, self._pulse)
            except DatabaseError:
                _log.warning("live: the database does not answer")
                await asyncio.sleep(TICK)
                continue
            if pulse == self._pulse:
                await asyncio.sleep(POLL)
                continue
            self._pulse = pulse
            self._wake()
            await asyncio.sleep(TICK)


_feed: Feed | None = None


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


async def lifespan(scope: Scope, receive: Receive, send: Send) -> None:
    """The server's start and stop."""
    while True:
        stage = (await receive())["type"]
        if stage == "lifespan.shutdown":
            close()
        await send({"type": f"{stage}.complete"})
        if stage == "lifespan.shutdown":
            return


async def events(scope: Scope, receive: Receive, send: Send) -> None:
    """The ASGI application behind /events: refuses like the page's door, else streams until somebody leaves."""
    feed = _joined()
    first = Answer(503) if feed.full(scope) else await feed.ask(answer, scope)
    if first.status != 200:
        await send({"type": "http.response.start", "status": 403, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    listener = Listener(scope, first.board)
    feed.join(listener)
    leaving = asyncio.create_task(listener.leave(receive))
    try:
        await _say(send, b"retry: %d\n" % RETRY_MS + first.event)
        await _stream(feed, listener, send)
    finally:
        feed.leave(listener)
        leaving.cancel()


def is_public(scope: Scope) -> bool:
    """Whether the page of this address is open to everybody."""
    try:
        mark = getattr(resolve(scope["path"]).func, "door", None)
    except Resolver404:
        return True
    return mark is None or mark.public


async def _stream(feed: Feed, listener: Listener, send: Send) -> None:
    while True:
        try:
            await asyncio.wait_for(listener.news.wait(), HEARTBEAT)
        except TimeoutError:
            if feed.closed:
                break
            now = await feed.ask(answer, listener.scope)
        else:
            listener.news.clear()
            if listener.left:
                return
            if feed.closed:
                break
            now = await feed.figures(listener)
        if now.status != 200:
            break
        listener.board = now.board  # at midnight it is another day's
        await _say(send, now.event)
    await send({"type": "http.response.body"})


async def _say(send: Send, words: bytes) -> None:
    await send({"type": "http.response.body", "body": words, "more_body": True})


def _joined() -> Feed:
    global _feed
    if _feed is None or _feed.closed or _feed.loop is not asyncio.get_running_loop():
        _feed = Feed()
    return _feed


def _look(version: int | None, pulse: Pulse) -> tuple[int | None, Pulse]:
    """The database's version, where it has one, and the node's pulse, felt only if the version has changed."""
    close_old_connections()
    if connection.vendor != "sqlite":
        return None, (head().size, told())
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        (now,) = cursor.fetchone()
    return now, pulse if now == version else (head().size, told())


@cache
def _handler() -> BaseHandler:
    handler = BaseHandler()
    handler.load_middleware()
    return handler


def answer(scope: Scope) -> Answer:
    """What Django's view of the same address says to this listener: every middleware and the door are asked."""
    close_old_connections()
    headers = [(name, value) for name, value in scope["headers"] if name.lower() != b"accept-encoding"]
    response = _handler().get_response(ASGIRequest({**scope, "headers": headers}, BytesIO()))
    response.close()
    if response.status_code != 200 or not isinstance(response, HttpResponse):
        return Answer(response.status_code)
    lines = (b"data: " + line for line in response.content.splitlines() if line.strip())
    return Answer(200, getattr(response, "board", None), b"event: figures\n" + b"\n".join(lines) + b"\n\n")
