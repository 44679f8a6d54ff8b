"""A city, a county and two townships on one machine: homes and ports of their own, and cables between them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jiahe.node.demo.cable import PERFECT, Cable, Quality
from jiahe.node.home import found

CITY, COUNTY, NORTH, SOUTH = "city", "county", "north", "south"
_HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Branch:
    """One node of the demo: what it is, whom it is under, and its ports. `cable` is where it calls the one above."""

    name: str
    level: str
    area: str
    above: str
    web: int
    pipe: int
    cable: int


def planned(first: int = 8010) -> list[Branch]:
    """Four nodes on twelve ports from `first` on."""
    rows = (
        (CITY, "city", "4117", ""),
        (COUNTY, "county", "411723", CITY),
        (NORTH, "township", "411723101", COUNTY),
        (SOUTH, "township", "411723102", COUNTY),
    )
    return [Branch(*row, web=first + n, pipe=first + 10 + n, cable=first + 20 + n) for n, row in enumerate(rows)]


class Branches:
    """The nodes of a folder, as processes."""

    def __init__(self, folder: Path, branches: Sequence[Branch], *, quality: Quality = PERFECT) -> None:
        self.folder = folder
        self.by_name = {branch.name: branch for branch in branches}
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.quality = quality
        folder.mkdir(parents=True, exist_ok=True)
        self.cables = {one.name: self.lay(one) for one in branches if one.above}

    def lay(self, one: Branch) -> Cable:
        """The cable from a node to the one above."""
        return Cable(one.cable, self.by_name[one.above].pipe, self.folder / f"{one.name}.cut", self.quality)

    def listens(self, one: Branch) -> str:
        """Where a node's pipe is."""
        return f"{_HOST}:{one.pipe}"

    def calls(self, one: Branch) -> str:
        """Where a node calls the one above."""
        return f"{_HOST}:{one.cable}"

    def command(self, name: str) -> list[str]:
        """How a node's processes are begun."""
        return [sys.executable, "-m", "jiahe.node"]

    def home(self, name: str) -> Path:
        """Where a node keeps everything."""
        return self.folder / name

    def environment(self, name: str) -> dict[str, str]:
        """What its processes are told."""
        cable = str(self.cables[name].cut) if name in self.cables else ""
        return {
            **os.environ,
            "JIAHE_HOME": str(self.home(name)),
            "JIAHE_DATABASE": "",
            "JIAHE_CABLE": cable,
            "DJANGO_SETTINGS_MODULE": "jiahe.node.settings",
        }

    def typed(self, name: str, *words: str) -> str:
        """Do a command at a node; what it said. Raises CalledProcessError."""
        done = subprocess.run(
            [*self.command(name), *words], env=self.environment(name), check=True, capture_output=True, text=True
        )
        return done.stdout

    def prepare(self, people: int) -> None:
        """Found the homes; the county gets its people. Nothing is done to homes that are there."""
        for one in self.by_name.values():
            if (self.home(one.name) / "node.toml").exists():
                continue
            below = any(other.above == one.name for other in self.by_name.values())
            more = {"listen": self.listens(one)} if below else {}
            found(self.home(one.name), area=one.area, demo=True, level=one.level, **more)
            self.typed(one.name, "up", "--no-serve", "--people", str(people))

    def join(self, name: str) -> None:
        """A node joins the one above, which must be running."""
        one = self.by_name[name]
        if 'above = "' in (self.home(name) / "node.toml").read_text("utf-8"):
            return
        code = self.typed(one.above, "node", "invite", "--area", one.area, "--reach", self.calls(one))
        for _ in range(40):
            try:
                self.typed(name, "node", "join", code.split()[0])
            except subprocess.CalledProcessError:
                time.sleep(0.5)
            else:
                return
        raise TimeoutError(f"{name} was not let in")

    def start(self, name: str, *, pages: bool = True) -> None:
        """A node begins to carry, and with `pages` to serve."""
        words = ["up", "--port", str(self.by_name[name].web)] if pages else ["carry", "--with-parent"]
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [*self.command(name), *words], env=self.environment(name), stdout=log, stderr=log
            )

    def stop(self, name: str, *, kill: bool = False) -> None:
        """End a node; with `kill` as a power cut would."""
        process = self.running.pop(name, None)
        if process is None:
            return
        if kill:
            process.kill()
        else:
            process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def wait_for_pages(self, name: str, seconds: float = 60) -> None:
        """Until its first page answers. Raises TimeoutError."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                urllib.request.urlopen(f"http://{_HOST}:{self.by_name[name].web}/services/", timeout=2).close()
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.2)
            else:
                return
        raise TimeoutError(f"{name} does not answer")

    def close(self) -> None:
        """End everything."""
        for name in list(self.running):
            self.stop(name)
        for cable in self.cables.values():
            cable.close()

    def __enter__(self) -> Branches:
        return self

    def __exit__(self, *unused: object) -> None:
        self.close()
