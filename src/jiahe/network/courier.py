"""The process that carries: it watches the journal, talks to every neighbour, and runs the pipe for those below.

All that touches the database is done in one thread; the event loop only moves bytes. Whatever it forgets when it is
killed it learns anew from the first greeting.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from django.db import DatabaseError, close_old_connections, connection
from nats.aio.msg import Msg

from jiahe.basis.problem import Problem
from jiahe.journal import queries as journal
from jiahe.journal.values import Author
from jiahe.journal.wiring import current
from jiahe.network import certificates, invitations, nkeys, quarantine, server
from jiahe.network.ahead import Ahead, Question
from jiahe.network.conversation import Conversation, Out
from jiahe.network.peers import Peer, peers
from jiahe.network.pipe import LINE, Listener, Listeners, Pipe
from jiahe.network.sending import Moment
from jiahe.network.subjects import Subjects, joining
from jiahe.ui.problems import StorageRefuses

POLL = 0.05
"""Seconds between two looks at the journal's end."""
TICK = 0.25
"""Seconds from one round of talking to the next, however fast the journal grows."""
CALM = 1.0
"""And when it does not grow."""
_log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node is to be called: its servers, and the certificate (PEM) they show; "" if the line is not TLS."""

    servers: tuple[str, ...]
    certificate: str = ""


@dataclass(frozen=True)
class Setting:
    """What the node says of itself. `listen`: it runs a pipe for those below; `cluster`: somebody else does."""

    folder: Path
    link_secret: bytes = field(repr=False)
    pipe_key: bytes = field(repr=False)
    listen: str
    above: Place | None
    author: Callable[[datetime], Author]
    clock: Callable[[], datetime]
    cluster: Place | None = None
    replicas: int = 1


class Courier:
    """Lives in one event loop."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="courier")
        self._talks: dict[str, tuple[Conversation, Pipe, Subjects]] = {}
        self._above: Pipe | None = None
        self._own: Pipe | None = None
        self._server = server.Server(setting.folder, setting.pipe_key)
        self._ahead = Ahead()
        self._names: tuple[str, ...] = ()
        self._bug: BaseException | None = None
        self._closing = asyncio.Event()
        self._woken = asyncio.Event()

    async def run(self) -> None:
        """Carry until `close`. Raises what a bug raised: whoever watches over this process starts it anew."""
        try:
            await self._meet()
            await self._carry()
        finally:
            for pipe in (self._above, self._own):
                if pipe is not None:
                    await pipe.close()
            await self._server.stop()
            await self._ahead.close()
            self._thread.shutdown(wait=True)
        if self._bug is not None:
            raise self._bug

    def close(self) -> None:
        """Stop; from within the loop."""
        self._closing.set()
        self._woken.set()

    def _fail(self, error: BaseException) -> None:
        self._bug = self._bug or error
        self.close()

    # -- the rounds --------------------------------------------------------------------------------

    async def _carry(self) -> None:
        version: int | None = None
        size, last_round, last_meeting = -1, 0.0, time.monotonic()
        while not self._closing.is_set():
            now = time.monotonic()
            try:
                version, reached = await self._ask(_look, version, size)
                if reached != size or now - last_round >= CALM or self._woken.is_set():
                    self._woken.clear()
                    size, last_round = reached, now
                    await self._round()
                    await asyncio.sleep(TICK - POLL)
                if now - last_meeting >= CALM:
                    last_meeting = now
                    await self._meet()
            except (DatabaseError, StorageRefuses) as error:
                _log.warning("courier: the database refuses (%s)", type(error).__name__)
                await asyncio.sleep(CALM)
            with contextlib.suppress(asyncio.TimeoutError, TimeoutError):
                await asyncio.wait_for(self._woken.wait(), POLL)

    async def _round(self) -> None:
        for conversation, pipe, subjects in list(self._talks.values()):
            if pipe.connected:
                said = await self._ask(conversation.due, self._moment())
                await self._say(conversation, pipe, subjects, said)

    async def _say(self, conversation: Conversation, pipe: Pipe, subjects: Subjects, said: list[Out]) -> None:
        up = conversation.peer.above
        for out in said:
            if out.bulk:
                await pipe.say(subjects.up if up else subjects.down, out.raw)
            else:
                await pipe.say(subjects.up_note if up else subjects.down_note, out.raw)

    async def _heard(self, name: str, raws: Sequence[bytes]) -> None:
        talk = self._talks.get(name)
        if talk is None:
            return
        conversation, pipe, subjects = talk
        try:
            said = await self._ask(conversation.heard, raws, self._moment())
        except (DatabaseError, StorageRefuses) as error:
            _log.warning("courier: the database refuses (%s)", type(error).__name__)
            await asyncio.sleep(CALM)
            return
        await self._say(conversation, pipe, subjects, said)

    async def _look_ahead(self, name: str, raw: bytes) -> None:
        if name in self._talks:
            peer = self._talks[name][0].peer
            await self._ahead.look(Question(raw, peer.name, current().origin, peer.public_key))

    # -- neighbours --------------------------------------------------------------------------------

    async def _meet(self) -> None:
        """Who the neighbours are may have changed: somebody joined, was revoked, or was invited."""
        found, guests = await self._ask(neighbours, self.setting.clock())
        below = [peer for peer in found if not peer.above]
        names = (*(f"{peer.name} {peer.link_key} {peer.until}" for peer in found), *guests)
        if names == self._names:
            return
        self._names = names
        here = current()
        if below or guests or self.setting.listen:
            await self._open_pipe(below, guests)
        wanted = {peer.name: peer for peer in found}
        for name in self._talks.keys() - wanted.keys():
            del self._talks[name]
        for peer in found:
            if peer.name in self._talks and self._talks[peer.name][0].peer == peer:
                continue
            pipe = self._pipe_above() if peer.above else self._own
            if pipe is not None:
                subjects = Subjects(peer.area, here.origin) if peer.above else Subjects(here.area, peer.name)
                conversation = await self._ask(Conversation, peer)
                self._talks[peer.name] = (conversation, pipe, subjects)
        if await self._ask(partial(quarantine.retry, anew=True)):
            self._woken.set()

    async def _open_pipe(self, below: list[Peer], guests: list[str]) -> None:
        setting, here = self.setting, current()
        if setting.cluster is None:
            if not setting.listen:
                return
            users = server.everyone(nkeys.public_of(setting.link_secret), here.area, below, guests)
            certificate, key = certificates.make(setting.folder, here.origin, at=setting.clock())
            await self._server.tell(
                server.configuration(
                    name=here.origin, listen=setting.listen, folder=setting.folder, certificate=certificate, key=key,
                    users=users,
                )
            )  # fmt: skip
            place = Place((_local(setting.listen),), certificate.read_text("ascii"))
        else:
            place = setting.cluster
        if self._own is None:
            self._own = self._pipe(place, self._on_own, here.origin, below=True)
        elif self._own.connected:
            with contextlib.suppress(*LINE):  # the streams are made anew with the next connection
                await self._own.ensure_streams(here.area, [peer.name for peer in below], replicas=setting.replicas)

    def _pipe_above(self) -> Pipe | None:
        if self._above is None and self.setting.above is not None:
            self._above = self._pipe(self.setting.above, self._on_above, current().origin, below=False)
        return self._above

    def _pipe(self, place: Place, on: Callable[[Pipe], Awaitable[None]], name: str, *, below: bool) -> Pipe:
        async def up() -> None:
            for conversation, pipe, _ in self._talks.values():
                if pipe is (self._own if below else self._above):
                    conversation.begin_anew()
            self._woken.set()

        return Pipe(
            place.servers,
            seed=nkeys.seed_of(self.setting.link_secret),
            tls=certificates.trusting(place.certificate) if place.certificate else None,
            name=name,
            inbox=f"_INBOX.{name}",
            on=on,
            up=up,
            bug=self._fail,
        )

    async def _on_own(self, pipe: Pipe) -> None:
        """A connection to our own pipe: make the streams, hear everybody below and whoever holds an invitation."""
        here = current().area
        below = [name for name, (talk, _, _) in self._talks.items() if not talk.peer.above]
        await pipe.ensure_streams(here, below, replicas=self.setting.replicas)

        note, heard, coming = self._ears(lambda message: message.subject.rpartition(".")[2])

        async def asked(message: Msg) -> None:
            answer = await self._ask(self._admit, message.data)
            if answer:
                await self._meet()
                await message.respond(answer)

        await pipe.hear(Subjects(here, "*").up_note, note)
        await pipe.hear(joining("*"), asked)
        pipe.drink(Subjects(here, "").up_stream, "in", heard, coming)

    async def _on_above(self, pipe: Pipe) -> None:
        """A connection to the node above: hear what it says to us."""
        name = next((name for name, (talk, _, _) in self._talks.items() if talk.peer.above), None)
        if name is None:
            raise ConnectionError("called too early")
        subjects = self._talks[name][2]
        note, heard, coming = self._ears(lambda _: name)
        await pipe.hear(subjects.down_note, note)
        pipe.drink(subjects.down_stream, subjects.lower, heard, coming)

    def _ears(self, speaker: Callable[[Msg], str]) -> tuple[Listener, Listeners, Listener]:
        """What to do with a note, with messages of a stream, and with one of these while those before it are heard;
        `speaker` tells whose it is."""

        async def note(message: Msg) -> None:
            await self._heard(speaker(message), [message.data])

        async def heard(messages: Sequence[Msg]) -> None:
            said: dict[str, list[bytes]] = {}
            for message in messages:
                said.setdefault(speaker(message), []).append(message.data)
            for name, raws in said.items():
                await self._heard(name, raws)

        async def coming(message: Msg) -> None:
            await self._look_ahead(speaker(message), message.data)

        return note, heard, coming

    def _admit(self, raw: bytes) -> bytes:
        """The answer to whoever asks to join; empty if his invitation is not of this node."""
        at = self.setting.clock()
        if not invitations.is_ours(raw):
            return b""
        try:
            return invitations.answer(raw, by=self.setting.author(at), at=at)
        except Problem as problem:
            return invitations.refusal(problem)

    # -- the database ------------------------------------------------------------------------------

    async def _ask(self, question: Callable[..., T], *values: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, _fresh, question, *values)

    def _moment(self) -> Moment:
        return Moment(self.setting.clock(), time.monotonic())


def _fresh(question: Callable[..., T], *values: object) -> T:
    close_old_connections()
    return question(*values)


def _look(version: int | None, size: int) -> tuple[int | None, int]:
    """The database's version, where it has one, and the journal's end, read only if the version has changed."""
    if connection.vendor != "sqlite":
        return None, journal.head().size
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        (now,) = cursor.fetchone()
    return now, size if now == version else journal.head().size


def neighbours(at: datetime) -> tuple[list[Peer], list[str]]:
    """The neighbours whose certificates hold, and the NKeys of the invitations that are open."""
    day = at.date()
    # with the one above one goes on talking: the renewal of his certificate comes that way
    return [peer for peer in peers() if peer.above or peer.in_force(day)], invitations.open_keys(at=at)


def _local(listen: str) -> str:
    host, _, port = listen.rpartition(":")
    return f"tls://{'127.0.0.1' if host in ('', '0.0.0.0', '[::]') else host}:{port}"  # noqa: S104 - a name, not a bind
