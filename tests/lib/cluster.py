# SPDX-License-Identifier: AGPL-3.0-or-later
"""A PostgreSQL cluster of our own: made in a temporary folder, on a private port, gone afterwards.

`with cluster() as url:` gives the URL of an empty database whose owner may create others. Durability settings are
PostgreSQL's own defaults, so what is measured and proved here holds elsewhere. Standard library only.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

OWNER = "jiahe"


class ClusterUnavailable(RuntimeError):
    """PostgreSQL's server programs are missing, or the cluster did not start; the message says what to do."""


def programs() -> Path:
    """The folder with `initdb`, `pg_ctl` and `createdb`: the newest version installed. Raises ClusterUnavailable."""
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    if found := sorted(versions, key=lambda path: int(path.parts[-3]) if path.parts[-3].isdigit() else 0):
        return found[-1].parent
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    raise ClusterUnavailable("PostgreSQL's server programs are not installed: apt-get install postgresql")


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    """Run a throw-away cluster; give the URL of its empty database. Raises ClusterUnavailable.

    A watcher holds the reading end of a pipe and clears everything away when it closes: at the end of the block, on
    Ctrl-C, and also when this process is killed outright.
    """
    bin_ = programs()
    folder = Path(tempfile.mkdtemp(prefix="jiahe-pg-"))
    password = secrets.token_hex(16)
    (folder / "password").write_text(password, "ascii")
    account = _account(folder)
    watch = 'read _; "$0" stop -s -m immediate -D "$1/data"; rm -rf "$1"'
    watcher = subprocess.Popen(
        ["/bin/sh", "-c", watch, bin_ / "pg_ctl", folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        user=account,
        group=account,
        extra_groups=[] if account else None,
    )

    def run(program: str, *arguments: object, **environment: str) -> bool:
        with (folder / "log").open("a") as log:
            done = subprocess.run(
                [bin_ / program, *map(str, arguments)],
                env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "HOME": str(folder), **environment},
                cwd=folder,
                stdout=log,
                stderr=log,
                user=account,
                group=account,
                extra_groups=[] if account else None,
                check=False,
            )
        return done.returncode == 0

    try:
        port = _start(run, folder)
        here = ("-h", "127.0.0.1", "-p", port, "-U", OWNER)
        if port is None or not run("createdb", *here, OWNER, PGPASSWORD=password):
            said = (folder / "log").read_text("utf-8", "replace")[-2000:]
            raise ClusterUnavailable(f"PostgreSQL did not start; it said:\n{said}")
        yield f"postgres://{OWNER}:{password}@127.0.0.1:{port}/{OWNER}"
    finally:
        watcher.communicate()


def _start(run: Callable[..., bool], folder: Path) -> int | None:
    """Make the cluster and start it; the port it listens on, or None."""
    data, password = folder / "data", folder / "password"
    locale = ("--locale=C.UTF-8", "--encoding=UTF8")
    if run("initdb", "-D", data, "-U", OWNER, "--auth=scram-sha-256", "--pwfile", password, *locale):
        for port in _free_ports(5):
            options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
            if run("pg_ctl", "start", "-w", "-s", "-D", data, "-o", options):
                return port
    return None


def _account(folder: Path) -> str | None:
    """Whose account PostgreSQL runs under: `postgres` where we are root (it refuses root), otherwise our own (None)."""
    if os.geteuid() != 0:
        return None
    for path in (folder, folder / "password"):
        shutil.chown(path, "postgres", "postgres")
    return "postgres"


def _free_ports(count: int) -> list[int]:
    """Ports nobody listens on at this moment; somebody may be quicker, hence several."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
