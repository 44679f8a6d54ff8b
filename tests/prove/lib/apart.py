# SPDX-License-Identifier: AGPL-3.0-or-later
"""Nodes that share a machine and no network: each in a network namespace of its own, a pair of virtual interfaces for
each cable. A pulled one is a link that is down: what is sent is gone, nobody is told, and TCP waits as it does when a
road was dug up. Needs Linux, iproute2, and that whoever runs it may do so.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

from jiahe.node.demo.branches import Branch, Branches
from jiahe.node.demo.cable import Cable

_NAMED = re.compile(r"^jiahe-(\d+)-\w+")


class Wire(Cable):
    """A cable of the kernel's own."""

    def __init__(self, above: str, end: str, cut: Path) -> None:
        self._above, self._end, self.cut, self.carried = above, end, cut, 0

    def pull(self) -> None:
        """Take the link down."""
        _ip("-n", self._above, "link", "set", self._end, "down")

    def put_back(self) -> None:
        """Take it up again."""
        _ip("-n", self._above, "link", "set", self._end, "up")

    def close(self) -> None:
        """It goes with the namespaces."""


class Apart(Branches):
    """Branches whose processes see nothing of each other but what goes over a wire."""

    def lay(self, one: Branch) -> Cable:
        """A pair of interfaces, one in the namespace of either node."""
        number = list(self.by_name).index(one.name)
        here, above = _space(one.name), _space(one.above)
        for space in (here, above):
            if space not in _spaces():
                _ip("netns", "add", space)
                _ip("-n", space, "link", "set", "lo", "up")
        end = f"to-{one.name}"
        _ip("-n", here, "link", "add", "above", "type", "veth", "peer", "name", end, "netns", above)
        _ip("-n", above, "address", "add", f"10.77.{number}.1/30", "dev", end)
        _ip("-n", here, "address", "add", f"10.77.{number}.2/30", "dev", "above")
        _ip("-n", above, "link", "set", end, "up")
        _ip("-n", here, "link", "set", "above", "up")
        return Wire(above, end, self.folder / f"{one.name}.cut")

    def listens(self, one: Branch) -> str:
        """On every wire."""
        return f"0.0.0.0:{one.pipe}"

    def calls(self, one: Branch) -> str:
        """At the other end of its wire."""
        return f"10.77.{list(self.by_name).index(one.name)}.1:{self.by_name[one.above].pipe}"

    def command(self, name: str) -> list[str]:
        """In its namespace."""
        return ["ip", "netns", "exec", _space(name), *super().command(name)]

    def close(self) -> None:
        """End everything; the wires go with their namespaces."""
        super().close()
        for name in self.by_name:
            if _space(name) in _spaces():
                _ip("netns", "delete", _space(name))


@cache
def permitted() -> bool:
    """Whether namespaces and wires can be made here. Those that a killed proof has left behind are taken away."""
    try:
        for name in _spaces():
            owner = _NAMED.match(name)
            if owner and not Path(f"/proc/{owner[1]}").exists():
                _ip("netns", "delete", name)
        _ip("netns", "add", trial := _space("trial"))
        try:
            _ip("-n", trial, "link", "add", "one", "type", "veth", "peer", "name", "other")
        finally:
            _ip("netns", "delete", trial)
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def _space(name: str) -> str:
    return f"jiahe-{os.getpid()}-{name}"


def _spaces() -> list[str]:
    return [line.split()[0] for line in _ip("netns", "list").splitlines()]


def _ip(*words: str) -> str:
    program = shutil.which("ip")
    if program is None:
        raise FileNotFoundError("ip")
    return subprocess.run([program, *words], check=True, capture_output=True, text=True).stdout
