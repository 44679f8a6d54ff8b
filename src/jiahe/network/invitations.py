"""Invitations: a code lets one node join, within a day. Here only the NKey that follows from its secret is kept."""

import hashlib
import secrets
from datetime import datetime, timedelta

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from jiahe.basis.ids import milliseconds
from jiahe.basis.problem import Problem
from jiahe.journal import origins
from jiahe.journal.facts import UNREADABLE
from jiahe.journal.recording import turn
from jiahe.journal.values import Author, Sealed
from jiahe.journal.wiring import current
from jiahe.network import nkeys
from jiahe.network.admitting import chain, give_certificate
from jiahe.network.codes import SECRET_BYTES, Code, write
from jiahe.network.facts import Level
from jiahe.network.models import Invitation
from jiahe.network.problems import CodeSpent, NotBelow
from jiahe.network.rules import may_admit

OPEN_FOR = timedelta(hours=24)
HOLDS_FOR = timedelta(days=3 * 365)
"""A certificate's life."""
_SIGNED = b"jiahe join 1\n"


class _Application(msgspec.Struct, frozen=True, array_like=True):
    code_key: str
    public_key: bytes
    link_key: str
    signature: bytes


class _Answer(msgspec.Struct, frozen=True, array_like=True):
    problem: str
    area: str
    chain: tuple[Sealed, ...]


_encode = msgspec.msgpack.Encoder().encode
_application = msgspec.msgpack.Decoder(_Application).decode
_answer = msgspec.msgpack.Decoder(_Answer).decode


def invite(*, area: str, level: Level, place: str, certificate: bytes, at: datetime) -> str:
    """A code for one node of `area`, open for a day. Raises NotBelow."""
    if not may_admit(current().area, area):
        raise NotBelow(area=area)
    secret = secrets.token_bytes(SECRET_BYTES)
    key = nkeys.public_of(nkeys.from_code(secret))
    Invitation.objects.create(
        digest=hashlib.sha256(secret).hexdigest(),
        link_key=key,
        area=area,
        level=level,
        until_ms=milliseconds(at + OPEN_FOR),
    )
    return write(Code(place, area, level, certificate, secret))


def open_keys(*, at: datetime) -> list[str]:
    """The NKeys of those who may ask to join, or ask again what they were told, until their day is over."""
    found = Invitation.objects.filter(until_ms__gt=milliseconds(at))
    return list(found.order_by("digest").values_list("link_key", flat=True))


def apply(code: Code, *, key: Ed25519PrivateKey, link_key: str) -> bytes:
    """What a node says that wants to join: its two keys, signed with the first."""
    public = key.public_key().public_bytes_raw()
    code_key = nkeys.public_of(nkeys.from_code(code.secret))
    signature = key.sign(_SIGNED + code_key.encode() + public + link_key.encode())
    return _encode(_Application(code_key, public, link_key, signature))


def answer(raw: bytes, *, by: Author, at: datetime) -> bytes:
    """Admit whoever comes first with a code; the same node once more is told the same. Raises CodeSpent."""
    try:
        asked = _application(raw)
        signed = _SIGNED + asked.code_key.encode() + asked.public_key + asked.link_key.encode()
        Ed25519PublicKey.from_public_bytes(asked.public_key).verify(asked.signature, signed)
    except (*UNREADABLE, InvalidSignature, ValueError) as error:
        raise CodeSpent from error
    with turn():
        invitation = Invitation.objects.filter(link_key=asked.code_key).first()
        if invitation is None or invitation.until_ms <= milliseconds(at):
            raise CodeSpent
        name = origins.name_of(invitation.area, asked.public_key)
        if invitation.joined not in ("", name):
            raise CodeSpent
        if not invitation.joined:
            give_certificate(
                area=invitation.area,
                level=Level(invitation.level),
                public_key=asked.public_key,
                link_key=asked.link_key,
                until=(at + HOLDS_FOR).date(),
                by=by,
                at=at,
            )
            Invitation.objects.filter(digest=invitation.digest).update(joined=name)
        return _encode(_Answer("", current().area, tuple(chain(name))))


def is_ours(raw: bytes) -> bool:
    """Whether somebody asks with an invitation that was made here."""
    try:
        return Invitation.objects.filter(link_key=_application(raw).code_key).exists()
    except UNREADABLE:
        return False


def refusal(problem: Problem) -> bytes:
    """The answer to whoever is not admitted."""
    return _encode(_Answer(problem.code, "", ()))


def accepted(raw: bytes) -> tuple[Sealed, ...]:
    """The certificates in an answer. Raises CodeSpent if it is a refusal or no answer."""
    try:
        found = _answer(raw)
    except UNREADABLE as error:
        raise CodeSpent from error
    if found.problem:
        raise CodeSpent
    return found.chain
