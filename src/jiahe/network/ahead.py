"""The seals of what arrives while something else is being applied, looked at by a process of its own.

It is told nothing but messages and keys, and knows no database. Whatever it does not answer, for it was killed or is
slow, is checked where it is applied, as anything else is.
"""

import asyncio
import contextlib
import signal
import struct
import sys

import msgspec

from jiahe.journal import seal
from jiahe.journal.facts import UNREADABLE
from jiahe.network import messages as m

WORTH_IT = 16 * 1024
"""A message of so many bytes holds more seals than can be checked while it is handed over."""
IDLE = 30
"""Seconds without a message after which the process ends; it is begun again when there is one."""
PATIENCE = 10.0
"""Seconds after which an answer is waited for no longer."""
_LEAF, _SIGNATURE = 32, 64
_LENGTH = struct.Struct(">I")


class Question(msgspec.Struct, frozen=True, array_like=True):
    """A message as it came, whose words it is said to be and for whom, and the key of that sender."""

    raw: bytes
    sender: str
    to: str
    public_key: bytes


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Question).decode


class Ahead:
    """The process, begun at the first question; one question after the other. Lives in one event loop."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()

    async def look(self, question: Question) -> None:
        """Have the sender's own seals in a message checked, and remember those that hold."""
        if len(question.raw) < WORTH_IT:
            return
        async with self._turn:
            with contextlib.suppress(OSError, EOFError, TimeoutError):
                found = await asyncio.wait_for(self._ask(_encode(question)), PATIENCE)
                seal.remember(question.public_key, _pairs(found))

    async def close(self) -> None:
        """Send it home."""
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def _ask(self, asked: bytes) -> bytes:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", __name__, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
            )
        told, said = self._process.stdin, self._process.stdout
        answered = False
        try:
            if told is None or said is None:
                raise EOFError
            told.write(_LENGTH.pack(len(asked)) + asked)
            await told.drain()
            (size,) = _LENGTH.unpack(await said.readexactly(_LENGTH.size))
            found = await said.readexactly(size)
            answered = True
        finally:
            if not answered:  # broken off in the middle: what it says next would be taken for another answer
                await self.close()
        return found


def holding(question: Question) -> bytes:
    """Leaf and signature of each entry in the message that the sender himself has sealed; nothing if it is none."""
    try:
        message = m.read(question.raw, sender=question.sender, to=question.to, public_key=question.public_key)
    except (m.Unreadable, m.Unknown):
        return b""
    found = []
    for entry in message.entries if isinstance(message, m.Batch | m.Entries) else ():
        leaf = seal.leaf_of(entry.header, entry.commitment)
        if _speaks(entry.header) == question.sender and seal.is_signed(question.public_key, leaf, entry.signature):
            found.append(leaf + entry.signature)
    return b"".join(found)


def _speaks(header: bytes) -> str:
    try:
        return seal.read_header(header).origin
    except UNREADABLE:
        return ""


def _pairs(found: bytes) -> list[tuple[bytes, bytes]]:
    each = _LEAF + _SIGNATURE
    return [(found[at : at + _LEAF], found[at + _LEAF : at + each]) for at in range(0, len(found), each)]


def main() -> None:
    """Answer until nobody asks."""
    while True:
        signal.alarm(IDLE)
        length = sys.stdin.buffer.read(_LENGTH.size)
        if len(length) < _LENGTH.size:
            return
        asked = sys.stdin.buffer.read(_LENGTH.unpack(length)[0])
        answer = holding(_decode(asked))
        sys.stdout.buffer.write(_LENGTH.pack(len(answer)) + answer)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
