"""The line between two nodes on one machine, which can be pulled, slowed down, delayed and made to lose.

Each line listens on one port and passes on to another. It is cut as long as its file is there: nothing more arrives in
either direction, nobody is told, as with a cable that was pulled. What was on its way when it was cut is lost.
"""

import asyncio
import contextlib
import random
import threading
from dataclasses import dataclass
from pathlib import Path

_LOOK_EVERY = 0.05
_CHUNK = 16 * 1024


@dataclass(frozen=True, slots=True)
class Quality:
    """`delay` in seconds each way, `rate` in bytes a second (0: no bound); of every hundred chunks `loss` times a
    hundred have to be sent again, which TCP does a round trip later and holds up what is behind them."""

    delay: float = 0.0
    rate: float = 0.0
    loss: float = 0.0
    seed: int = 1


PERFECT = Quality()


class Cable:
    """Lives in a thread of its own until `close`."""

    def __init__(self, listen: int, to: int, cut: Path, quality: Quality = PERFECT) -> None:
        self.listen, self.to, self.cut, self.quality = listen, to, cut, quality
        self.carried = 0
        self._chance = random.Random(quality.seed)  # noqa: S311 - when a line loses is no secret
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._lines: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._run, name=f"cable-{listen}", daemon=True)
        self._thread.start()
        self._ready.wait(10)

    def pull(self) -> None:
        """Cut it."""
        self.cut.touch()

    def put_back(self) -> None:
        """Mend it."""
        self.cut.unlink(missing_ok=True)

    def close(self) -> None:
        """Take it away."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._line, "127.0.0.1", self.listen))
        self._ready.set()
        self._loop.run_forever()
        server.close()
        for task in self._lines:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*self._lines, return_exceptions=True))
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    async def _line(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._lines.add(task)
            task.add_done_callback(self._lines.discard)
        with contextlib.suppress(OSError, asyncio.CancelledError):  # taken away: the ends are closed all the same
            await self._join_up(reader, writer)
        writer.close()

    async def _join_up(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while self.cut.exists():  # whoever calls hears nothing, and gives up by himself
            await asyncio.sleep(_LOOK_EVERY)
            if reader.at_eof():
                return
        there, back = await asyncio.open_connection("127.0.0.1", self.to)
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self._pass(reader, back))
                both.create_task(self._pass(there, writer))
        except* OSError:
            pass  # one end is gone: so is the line
        finally:
            back.close()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One direction: chunks leave at the line's rate and arrive a delay later, in order."""
        on_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        delivering = asyncio.create_task(self._deliver(on_way, writer))
        quality, free = self.quality, self._loop.time()
        try:
            while chunk := await reader.read(_CHUNK):
                if self.cut.exists():
                    await self._dead()
                free = max(free, self._loop.time())
                if quality.rate:
                    free += len(chunk) / quality.rate
                    await asyncio.sleep(max(0.0, free - self._loop.time()))
                again = 2 * quality.delay + 0.2 if self._chance.random() < quality.loss else 0.0
                free += again
                on_way.put_nowait((free + quality.delay, chunk))
            on_way.put_nowait((free + quality.delay, b""))
            await delivering
        finally:
            delivering.cancel()
            await asyncio.wait([delivering])

    async def _deliver(self, on_way: "asyncio.Queue[tuple[float, bytes]]", writer: asyncio.StreamWriter) -> None:
        while True:
            at, chunk = await on_way.get()
            if (wait := at - self._loop.time()) > 0:
                await asyncio.sleep(wait)
            if self.cut.exists():
                await self._dead()
            if not chunk:
                with contextlib.suppress(OSError):
                    writer.write_eof()
                return
            self.carried += len(chunk)
            writer.write(chunk)
            await writer.drain()

    async def _dead(self) -> None:
        """This connection never carries anything again: what was lost is missing from it."""
        await asyncio.Event().wait()
