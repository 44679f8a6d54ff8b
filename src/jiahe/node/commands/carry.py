"""`./jiahe carry`: the courier alone, for whoever lets another program watch over processes; `up` starts it itself."""

import argparse
import asyncio
import gc
import os
import signal
from collections.abc import Callable

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

summary = "carry facts to and from the nodes above and below (./jiahe up does it by itself)"
needs_tables = True
_RARELY = (50_000, 20, 20)
CACHE_KIB = 48 * 1024
"""SQLCipher's page cache. Six thousand entries, which are applied at once, change nearly 40 MB where there are 100,000
people; what has no room is encrypted and written twice, and read and decrypted in between."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--with-parent", action="store_true", help="end when the process that started this one ends")


def run(args: argparse.Namespace) -> int:
    """Carry until stopped; 1 if there is nobody to carry to."""
    from django.conf import settings

    from jiahe.network.courier import Courier
    from jiahe.node import carriage

    if not settings.JIAHE.has_neighbours:
        print("This node has no neighbours. Begin with ./jiahe node invite, or ./jiahe node join.")
        return 1

    async def carry() -> None:
        courier = Courier(carriage.setting())
        loop = asyncio.get_running_loop()
        for sign in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(sign, courier.close)
        loop.run_in_executor(None, _warm)
        watch = loop.create_task(_with_parent(courier.close)) if args.with_parent else None
        await courier.run()
        if watch is not None:
            watch.cancel()

    os.environ.update(PYPINYIN_NO_PHRASES="1")  # no place is named here: readings of words would take 44 MB
    connection_created.connect(remember_more)
    gc.freeze()  # the house itself is never garbage,
    gc.set_threshold(*_RARELY)  # and what is applied is in no circles: to look for them took a sixth of the time
    asyncio.run(carry())
    return 0


def remember_more(connection: BaseDatabaseWrapper, **_: object) -> None:
    """Widen the page cache of a connection that was just made."""
    from jiahe.node.bulk import cache

    cache(CACHE_KIB, connection)


def _warm() -> None:
    """The dictionaries of names are read at the first one: not while somebody waits for it."""
    from jiahe.registry.rules.keys import name_keys

    name_keys("王小明", "王", "小明")


async def _with_parent(close: Callable[[], None]) -> None:
    parent = os.getppid()
    while os.getppid() == parent:
        await asyncio.sleep(1)
    close()
