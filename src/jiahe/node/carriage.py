"""The courier's setting out of this node's: where it listens, whom it calls, with which secrets."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from jiahe.network.courier import Place, Setting
from jiahe.node.clock import now
from jiahe.node.keys import secret
from jiahe.staff.scope import founding

CERTIFICATE_ABOVE = "above.crt"
CERTIFICATE_CLUSTER = "cluster.crt"


@contextmanager
def process() -> Iterator[None]:
    """The courier beside the pages, in a process of its own: whatever comes in, nobody at a counter waits for it. It is
    started again if it dies, and ends with us."""
    if not settings.JIAHE.has_neighbours:
        yield
        return
    ended = threading.Event()
    running: list[subprocess.Popen[bytes]] = []

    def keep() -> None:
        while not ended.is_set():
            running[:] = [subprocess.Popen([sys.executable, "-m", "jiahe.node", "carry", "--with-parent"])]
            running[0].wait()
            ended.wait(1)

    watch = threading.Thread(target=keep, name="courier", daemon=True)
    watch.start()
    try:
        yield
    finally:
        ended.set()
        if running:
            running[0].terminate()
        watch.join(10)


def setting() -> Setting:
    """What the courier has to know."""
    node = settings.JIAHE
    return Setting(
        folder=node.home / "pipe",
        link_secret=link_secret(),
        pipe_key=secret(node.home / "keys" / "pipe.key"),
        listen=node.listen,
        above=_place(node.above, CERTIFICATE_ABOVE),
        author=lambda at: founding(node.area, at),
        clock=now,
        cluster=_place(node.cluster, CERTIFICATE_CLUSTER),
        replicas=node.replicas,
    )


def link_secret() -> bytes:
    """The secret behind this node's NKey."""
    return secret(settings.JIAHE.home / "keys" / "link.key")


def _place(addresses: str, certificate: str) -> Place | None:
    if not addresses:
        return None
    path = settings.JIAHE.home / "keys" / certificate
    servers = tuple(f"tls://{one.strip()}" for one in addresses.split(","))
    return Place(servers, path.read_text("ascii"))
