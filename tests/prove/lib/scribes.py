# SPDX-License-Identifier: AGPL-3.0-or-later
"""Clerks at several nodes who register people without pause, and the count of what became of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from tests.prove.lib.branches import COUNTY, VILLAGE, Site
from tests.prove.lib.hands import Gone, Refused

_SIGNS = {"county": "1", "north": "2", "south": "3"}


class Scribes:
    """Who writes, what was answered, and what was refused."""

    def __init__(self, place: Site, names: Sequence[str], *, pause: float = 0.0, series: int = 3) -> None:
        self.place, self.names, self.pause, self.series = place, names, pause, series
        self.phones: list[str] = []
        self.entries: list[str] = []
        self.refused: list[str] = []
        self._numbers = dict.fromkeys(names, 0)
        self._stop = threading.Event()
        self._lock = threading.Lock()

    def one(self, name: str) -> bool:
        """Somebody is registered at a node; whether it was not refused. A scribe who was killed asks again."""
        self._numbers[name] += 1
        phone = f"1{self.series}{_SIGNS[name]}{self._numbers[name]:08d}"
        while True:
            try:
                made = self.place.ask(name, "register", phone=phone, area=VILLAGE[name])
            except Gone:
                time.sleep(0.05)
                continue
            except Refused as refused:
                with self._lock:
                    self.refused.append(str(refused))
                return False
            with self._lock:
                self.phones.append(phone)
                self.entries.append(made["entry"])
            return True

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """All of them write while something happens."""
        self._stop.clear()
        threads = [threading.Thread(target=self._write, args=(name,)) for name in self.names]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._stop.set()
            for thread in threads:
                thread.join()

    def judge(self, at: str = COUNTY) -> list[str]:
        """Count at the county what was answered; says so, and gives what is wrong."""
        lost = self.place.ask(at, "missing", entries=self.entries)
        doubled = self.place.ask(at, "times", phones=self.phones, kind="registered")
        print(
            f"{len(self.phones):,} people registered; at the {at} {len(lost)} lost, "
            f"{sum(n > 1 for n in doubled.values())} doubled",
            flush=True,
        )
        return [f"lost: {len(lost)}"] * bool(lost) + [f"not exactly once: {doubled}"] * bool(doubled)

    def _write(self, name: str) -> None:
        while not self._stop.is_set():
            self.one(name)
            time.sleep(self.pause)
