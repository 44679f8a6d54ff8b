# SPDX-License-Identifier: AGPL-3.0-or-later
"""Officers at their browsers, who erase people and look for them on every page. Import only once Django is set up."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from uuid import UUID, uuid4

from django.contrib.sessions.backends.db import SessionStore

from benchmarks.lib import clerks
from jiahe.exchange.models import Import
from jiahe.staff.session import BEGAN, SEEN
from tests.prove.lib import traces
from tests.prove.lib.canaries import Canary

PAGES = (
    "/", "/journal/", "/people/", "/people/events/", "/people/roster/", "/people/conflicts/", "/people/doubles/",
    "/people/openings/", "/people/reassign/", "/people/taken-back/", "/exchange/", "/exchange/roster/",
    "/staff/duties/", "/staff/rows/",
)  # fmt: skip
SEARCHED = ("name", "identity number", "phone", "passport", "own address")
"""What every role searches by; the steward searches by everything."""


@contextlib.contextmanager
def server(log: Path) -> Iterator[int]:
    """`./jiahe up`, with all it writes in a file."""
    port = clerks.free_port()
    command = [sys.executable, "-m", "jiahe.node", "up", "--port", str(port), "--people", "1"]
    with log.open("wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT, env=os.environ.copy())
        try:
            clerks.wait(port, alive=lambda: process.poll() is None)
            yield port
        finally:
            process.terminate()
            process.wait(20)


def draft(port: int, one: Canary) -> dict[str, str]:
    """What a village worker had typed of this person when his session ended, on his page; the new values in it."""
    clerk = clerks.Clerk(port)
    clerk.log_in("village")
    session = SessionStore(clerk.cookies["sessionid"])
    session[BEGAN] = session[SEEN] = 1_000_000_000
    session.save()
    typed = "zqdraftfghjkmnpq"
    clerk.post(f"/people/{one.id}/correct/", {"_once": str(uuid4()), "registered_area": typed})
    return {"draft: what was typed when a session ended": typed}


def erase_all(port: int, gone: Mapping[str, Canary]) -> None:
    """An officer opens, exports and erases each; whose registration was taken back is found in the list of those."""
    clerk = clerks.Clerk(port)
    clerk.log_in("county")
    for who, one in gone.items():
        address = f"/people/{one.id}/held/erase/"
        if _open(clerk, one.id):
            clerk.answer(f"/people/{one.id}/held/export/", {"_once": str(uuid4())})
        else:
            (address,) = re.findall(rf'href="([^"]*{one.id}[^"]*)"', clerk.get("/people/taken-back/")[1])
        known = {"_once": str(uuid4()), "ground": "PIPL 47", "known": "on"}
        status, location = clerk.post(address, known)
        if status != 303 or "held" in location:
            raise RuntimeError(f"{who} was not erased: {status} {location}")


def _open(clerk: clerks.Clerk, person: UUID) -> bool:
    why = {"_once": str(uuid4()), "purpose": "own_request", "reason": "asked to be forgotten"}
    return clerk.post(f"/people/{person}/open/", why)[0] == 303


def visited(
    clerk: clerks.Clerk,
    people: Iterable[Canary],
    houses: Iterable[UUID],
    needles: Mapping[str, str],
    *,
    everything: bool,
) -> set[str]:
    """What is left on any page, and by any search."""
    paths = [*PAGES, *(f"/people/households/{house}/" for house in houses)]
    paths += [f"/exchange/{brought}/" for brought in Import.objects.values_list("id", flat=True)]
    for one in people:
        paths += [f"/people/{one.id}/", f"/people/{one.id}/held/"]
        for relative in one.kept:
            if _open(clerk, relative):
                paths += [f"/people/{relative}/", f"/people/{relative}/held/"]
    found: set[str] = set()
    for path in paths:
        found |= traces.found_in(clerk.get(path)[1].encode(), needles)
    for what, text in needles.items():
        if everything or what.partition(": ")[2] in SEARCHED:
            _, page = clerk.answer("/people/search/", {"text": text})
            if any(str(one.id) in page for one in people):
                found.add(what)
    return found


def unfound(clerk: clerks.Clerk, control: Mapping[str, str]) -> set[str]:
    missed = set()
    for what, text in control.items():
        name = {what: control["who stays: name"]}
        if not traces.found_in(clerk.answer("/people/search/", {"text": text})[1].encode(), name):
            missed.add(what)
    return missed
