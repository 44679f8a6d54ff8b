"""What a node lost that was put back, and others may hold.

Its own entries are with those whom it told. What it passed on is told again by who recorded it, unless he was put back
as well. So whenever a node says that it was, itself and all through whom it speaks, if ever they were, ask those to
whom its entries went.
"""

from collections.abc import Sequence

from django.db.models import Max

from jiahe.journal import gaps, receiving, seal
from jiahe.journal.facts import UNREADABLE
from jiahe.journal.models import Gap
from jiahe.journal.recording import turn
from jiahe.journal.tables import upsert
from jiahe.journal.values import Sealed
from jiahe.journal.wiring import current
from jiahe.network import flow
from jiahe.network.messages import AskOrigin, Entries
from jiahe.network.models import Link, Sought
from jiahe.network.peers import Peer, peers
from jiahe.network.routing import coming_from

_ORIGINS_AT_ONCE = 50


def note(peer: Peer) -> None:
    """Note what is sought from the neighbour because of gaps that our journal tells of since this was last done; where
    something is, from the smaller number on. Who was never put back has all that went to others by way of him."""
    new = gaps.told_after(flow.link(peer).sought)
    if not new:
        return
    with turn():
        if gaps.last(current().origin):
            _seek(gaps.told_after(0) if any(gap.origin == current().origin for gap in new) else new, peer)
        Link.objects.filter(peer=peer.name).update(sought=new[-1].seq)


def sought(peer: Peer) -> list[AskOrigin]:
    """What the neighbour is to be asked for: which entries of nodes that were put back, this one or others, went to him
    by way of us."""
    rows = Sought.objects.filter(peer=peer.name).order_by("origin").values_list("origin", "after")
    return [AskOrigin(origin, after, gaps.last(origin)) for origin, after in rows[:_ORIGINS_AT_ONCE]]


def found(given: Entries, peer: Peer) -> None:
    """He gave the next of what is sought; where he may have more, it is asked for from the last of these on. What was
    asked before that node was put back once more is no answer to what is asked now."""
    if given.gap != gaps.last(given.origin):
        return
    asked = Sought.objects.filter(peer=peer.name, origin=given.origin, after=given.after)
    full = given.entries[flow.MOST_ENTRIES - 1 : flow.MOST_ENTRIES]
    last = max((_number(entry) for entry in full), default=0)
    if last > given.after:
        asked.update(after=last)
    elif not given.waiting:
        asked.delete()


def of_origin(asked: AskOrigin, peer: Peer) -> Entries:
    """What came to us by way of the neighbour, of himself or of another: the next ones of that node, and the very last,
    which shows how far it goes. Nobody gets anything else, a city nothing that it did not have."""
    origin, after, gap = asked.origin, asked.after, asked.gap
    if origin not in coming_from(peer):
        return Entries((), origin=origin, after=after, gap=gap)
    following = receiving.give(origin, after, flow.MOST_ENTRIES)
    last = receiving.give(origin, flow.held_of(origin) - 1, 1) if len(following) == flow.MOST_ENTRIES else []
    waiting = not last and _may_get_more(origin, gap, peer)
    return Entries((*following, *last), origin=origin, after=after, gap=gap, waiting=waiting)


def ask_own(after: int) -> AskOrigin:
    """Which of our own entries behind this number does he hold?"""
    name = current().origin
    return AskOrigin(name, after, gaps.last(name))


def _seek(told: Sequence[gaps.Told], peer: Peer) -> None:
    back = coming_from(peer)
    after = dict(Sought.objects.filter(peer=peer.name).values_list("origin", "after"))
    for gap in told:
        if gap.origin not in back:
            after[gap.origin] = min(gap.after, after.get(gap.origin, gap.after))
    rows = [Sought(peer=peer.name, origin=origin, after=number) for origin, number in after.items()]
    upsert(Sought, rows, key=("peer", "origin"), update=("after",))


def _may_get_more(origin: str, gap: int, peer: Peer) -> bool:
    """Whether another neighbour is still to say what he holds of this node, or to be asked."""
    if not gaps.last(current().origin):
        return False
    if gaps.last(origin) < gap:
        return True
    others = [other.name for other in peers() if other.name != peer.name]
    if Sought.objects.filter(origin=origin, peer__in=others).exists():
        return True
    told = Gap.objects.filter(origin=origin).aggregate(seq=Max("seq"))["seq"] or 0
    return Link.objects.filter(peer__in=others, sought__lt=told).exists()


def _number(entry: Sealed) -> int:
    try:
        return seal.read_header(entry.header).origin_seq
    except UNREADABLE:
        return 0
