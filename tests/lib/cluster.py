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
from collections.abc import Iterator
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
    as_owner = _unprivileged(folder)
    data, log = folder / "data", folder / "log"
    watcher = subprocess.Popen(
        ["/bin/sh", "-c", 'read _; "$0" stop -s -m immediate -D "$1"; rm -rf "$2"', bin_ / "pg_ctl", data, folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        **as_owner,
    )
    try:
        with log.open("w") as output:

            def run(program: str, *arguments: object, **more: str) -> bool:
                environment = as_owner["env"] | more
                command = [str(bin_ / program), *map(str, arguments)]
                options = as_owner | {"env": environment}
                return subprocess.run(command, stdout=output, stderr=output, check=False, **options).returncode == 0

            ready = run(
                *("initdb", "-D", data, "-U", OWNER, "--auth=scram-sha-256", "--pwfile", folder / "password"),
                *("--locale=C.UTF-8", "--encoding=UTF8"),
            )
            for port in _free_ports(5) if ready else ():
                options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
                if run("pg_ctl", "start", "-w", "-s", "-D", data, "-o", options):
                    break
            else:
                raise ClusterUnavailable(f"PostgreSQL did not start; it said:\n{_tail(log)}")
            if not run("createdb", "-h", "127.0.0.1", "-p", port, "-U", OWNER, OWNER, PGPASSWORD=password):
                raise ClusterUnavailable(f"the empty database could not be made; PostgreSQL said:\n{_tail(log)}")
        yield f"postgres://{OWNER}:{password}@127.0.0.1:{port}/{OWNER}"
    finally:
        watcher.communicate()


def _unprivileged(folder: Path) -> dict[str, object]:
    """How to start PostgreSQL's programs: as `postgres` where we are root (it refuses root), otherwise as ourselves."""
    environment = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "HOME": str(folder)}
    if os.geteuid() != 0:
        return {"env": environment, "cwd": folder}
    for path in (folder, folder / "password"):
        shutil.chown(path, "postgres", "postgres")
    return {"env": environment, "cwd": folder, "user": "postgres", "group": "postgres", "extra_groups": []}


def _free_ports(count: int) -> list[int]:
    """Ports nobody listens on at this moment; somebody may be quicker, hence several."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def _tail(log: Path) -> str:
    return "\n".join(log.read_text("utf-8", "replace").splitlines()[-15:])
