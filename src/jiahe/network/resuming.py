"""A node that was put back to an earlier state goes on: it says so, gets back what others hold of it, and is witnessed
again as soon as the node above has taken its journal for a new beginning."""

from datetime import datetime

from django.db.models import F

from jiahe.journal import recording
from jiahe.journal.recording import turn
from jiahe.journal.values import Author, Recorded
from jiahe.network import admitting, witness
from jiahe.network.facts import PutBackAccepted
from jiahe.network.models import Link
from jiahe.network.problems import NothingToAccept


def resume(*, reason: str, by: Author, at: datetime) -> Recorded:
    """This node was put back: it records again from here on, behind all numbers that it can have given since."""
    with turn():
        Link.objects.update(anew=F("above"))
        return recording.go_on(by=by, at=at, why=reason.strip())


def accept(*, name: str, reason: str, by: Author, at: datetime) -> Recorded:
    """Witness a node below again whose journal is not what was witnessed before. What was is kept as it is. Raises
    NodeUnknown, NothingToAccept if there is no such alarm."""
    row = admitting.below(name)
    if not Link.objects.filter(peer=name, alarm__in=(witness.ROLLED_BACK, witness.REWRITTEN)).exists():
        raise NothingToAccept(name=name)
    return recording.record(PutBackAccepted(name), by=by, at=at, area=row.area, why=reason.strip())
