"""One connection to a nats-server: kept up, looked after, and given up at once when it does not answer.

TCP may wait forty seconds before it tries a line again that is back. Whoever does not answer for a few seconds is left,
and called anew twice a second.
"""

import asyncio
import contextlib
import logging
import ssl
from collections.abc import Awaitable, Callable, Sequence

import nats
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.js import JetStreamContext
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy, DiscardPolicy, RetentionPolicy, StreamConfig
from nats.js.errors import Error as JetStreamError

from jiahe.network.subjects import Subjects

CALL_AGAIN = 0.5
ANSWER_WITHIN = 6.0
LOOK_EVERY = 2.0
ASK_AFRESH = 3
"""Seconds after which a reader asks again for what waits: the server of a cluster that it asked may be dead."""
_STREAM_BYTES = 256 * 1024 * 1024
_STREAM_SECONDS = 86_400
_PER_NODE = 64
_log = logging.getLogger(__name__)
_WAITING = 16
"""Messages of a stream that are here and were not heard yet, at most."""
Listener = Callable[[Msg], Awaitable[None]]
Listeners = Callable[[Sequence[Msg]], Awaitable[None]]
LINE = (NatsError, JetStreamError, OSError, TimeoutError)
"""What a line that is down, or a server that is not ready, raises. Anything else is a bug, and ends the courier."""


class Pipe:
    """Calls one server, again and again, until it is closed. `on` prepares each new connection, `up` is told of
    it; `bug` of whatever a listener raises that is not the line's fault."""

    def __init__(
        self,
        servers: Sequence[str],
        *,
        seed: str,
        tls: ssl.SSLContext | None,
        name: str,
        inbox: str,
        on: Callable[["Pipe"], Awaitable[None]],
        up: Callable[[], Awaitable[None]],
        bug: Callable[[BaseException], None],
    ) -> None:
        self.client: Client | None = None
        self.connected = False
        self._servers, self._seed, self._tls, self._name, self._inbox = list(servers), seed, tls, name, inbox
        self._on, self._up, self._bug = on, up, bug
        self._tasks: set[asyncio.Task[None]] = set()
        self._task = asyncio.create_task(self._keep_up())
        self._task.add_done_callback(self._ended)

    async def close(self) -> None:
        """Hang up for good."""
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task
        await self._leave()

    async def say(self, subject: str, raw: bytes) -> bool:
        """Send; whether it left. What does not leave is said again later."""
        if self.client is None or not self.connected:
            return False
        try:
            await self.client.publish(subject, raw)
        except (NatsError, OSError, ValueError):
            return False
        return True

    async def hear(self, subject: str, heard: Listener) -> None:
        """Be told what is said there and not kept."""
        await self._connected().subscribe(subject, cb=heard)

    def drink(self, stream: str, consumer: str, heard: Listeners, coming: Listener) -> None:
        """Be told in its order what waits in a stream, all that is here at once; and of each message that it is
        `coming`, while those before it are being heard."""
        task = asyncio.create_task(self._drink(stream, consumer, heard, coming))
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    async def ensure_streams(self, upper: str, lower: Sequence[str], *, replicas: int) -> None:
        """The two streams of a node, and what reads from them: itself, and each of the nodes below."""
        stream = self._connected().jetstream(timeout=5)
        names = Subjects(upper, "*")
        for name, subject in ((names.up_stream, names.up), (names.down_stream, names.down)):
            config = StreamConfig(
                name=name,
                subjects=[subject],
                retention=RetentionPolicy.LIMITS,
                discard=DiscardPolicy.OLD,
                max_bytes=_STREAM_BYTES,
                max_age=_STREAM_SECONDS,
                max_msgs_per_subject=_PER_NODE,
                num_replicas=replicas,
            )
            try:
                await stream.add_stream(config)
            except JetStreamError:
                await stream.update_stream(config)
        await stream.add_consumer(names.up_stream, _reader("in", ""))
        for name in lower:
            await stream.add_consumer(names.down_stream, _reader(name, Subjects(upper, name).down))

    def _connected(self) -> Client:
        if self.client is None:
            raise ConnectionError("the line is down")
        return self.client

    async def _keep_up(self) -> None:
        while True:
            try:
                await self._call()
                await self._look_after()
            except LINE as error:
                _log.info("pipe: %s", type(error).__name__)
            await self._leave()
            await asyncio.sleep(CALL_AGAIN)

    async def _call(self) -> None:
        self.client = await nats.connect(
            self._servers,
            name=self._name,
            nkeys_seed_str=self._seed,
            tls=self._tls,
            tls_handshake_first=self._tls is not None,
            allow_reconnect=False,
            connect_timeout=2,
            reconnect_time_wait=0,  # or it waits two seconds when it is told that there is no road
            ping_interval=3_600,
            inbox_prefix=self._inbox.encode(),
            pending_size=64 * 1024 * 1024,
            error_cb=self._wrong,
            max_reconnect_attempts=1,
        )
        self.connected = True
        await self._on(self)
        await self._up()

    async def _look_after(self) -> None:
        while self.client is not None and not self.client.is_closed:
            await self.client.flush(timeout=int(ANSWER_WITHIN))
            await asyncio.sleep(LOOK_EVERY)

    async def _leave(self) -> None:
        self.connected = False
        for task in list(self._tasks):
            task.cancel()
        client, self.client = self.client, None
        if client is not None:
            with contextlib.suppress(NatsError, OSError, asyncio.TimeoutError, TimeoutError):
                await asyncio.wait_for(client.close(), 2)

    async def _wrong(self, error: Exception) -> None:
        """What the client tells: the line's own troubles mend themselves, and what a listener raised is a bug."""
        if not isinstance(error, LINE):
            self._bug(error)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._bug(error)

    async def _drink(self, stream: str, consumer: str, heard: Listeners, coming: Listener) -> None:
        while self.client is not None and self.connected:
            here: asyncio.Queue[Msg] = asyncio.Queue(_WAITING)
            try:
                source = await self.client.jetstream().pull_subscribe_bind(consumer=consumer, stream=stream)
                async with asyncio.TaskGroup() as both:
                    both.create_task(_fetch(source, here, coming))
                    both.create_task(_hear(here, heard))
            except* (NatsError, JetStreamError) as errors:
                _log.info("pipe: %s", type(errors.exceptions[0]).__name__)
                await asyncio.sleep(CALL_AGAIN)


async def _fetch(source: JetStreamContext.PullSubscription, here: asyncio.Queue[Msg], coming: Listener) -> None:
    while True:
        with contextlib.suppress(TimeoutError):
            (message,) = await source.fetch(1, timeout=ASK_AFRESH)
            await coming(message)
            await here.put(message)


async def _hear(here: asyncio.Queue[Msg], heard: Listeners) -> None:
    while True:
        messages = [await here.get()]
        while not here.empty():
            messages.append(here.get_nowait())
        await heard(messages)


def _reader(name: str, subject: str) -> ConsumerConfig:
    return ConsumerConfig(
        durable_name=name,
        ack_policy=AckPolicy.NONE,
        deliver_policy=DeliverPolicy.ALL,
        filter_subject=subject or None,
        max_waiting=64,
    )
