# SPDX-License-Identifier: AGPL-3.0-or-later
"""Entries that their origin never sealed so, and messages that their sender never signed so. Import only once Django is
set up.

An `Inquiry` into a journal gives honest entries of a township; a forger has these, his own keys, and at worst those of
the township itself: then he may say what he likes of its area, but nothing of another's, and nothing twice.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from jiahe.basis.ids import new_id
from jiahe.journal import facts, origins, receiving, seal
from jiahe.journal.values import Sealed
from jiahe.network import messages as m
from tests.lib.authors import START

STRANGER = Ed25519PrivateKey.from_private_bytes(b"\x77" * 32)
Forge = Callable[["Workshop", Sealed], Sealed]


@dataclass
class Workshop:
    """What a forger has: chance, the township's name and key, another's, and how far the township has come."""

    rng: random.Random
    origin: str
    key: Ed25519PrivateKey
    other: str
    other_key: Ed25519PrivateKey
    area: str
    other_area: str
    reached: int

    def sealed(self, key: Ed25519PrivateKey, like: Sealed, **changes: Any) -> Sealed:
        """An entry like that one, with another header, signed with this key."""
        changes = {"origin_seq": self.reached + 1, "id": new_id(START), **changes}
        header = facts.encode(msgspec.structs.replace(seal.read_header(like.header), **changes))
        return like._replace(header=header, signature=seal.sign(key, seal.leaf_of(header, like.commitment)))

    def flipped(self, raw: bytes) -> bytes:
        """One bit of it is another."""
        place = self.rng.randrange(len(raw))
        return raw[:place] + bytes([raw[place] ^ (1 << self.rng.randrange(8))]) + raw[place + 1 :]


def _field(name: str, value: Callable[[Workshop], Any]) -> Forge:
    """The header says something else in one field; the signature is the old one."""

    def forge(shop: Workshop, honest: Sealed) -> Sealed:
        changed = msgspec.structs.replace(seal.read_header(honest.header), **{name: value(shop)})
        return honest._replace(header=facts.encode(changed))

    return forge


def _cut(raw: bytes | None, rng: random.Random) -> bytes:
    return (raw or b"")[: rng.randrange(len(raw or b"x"))]


def _unknown(shop: Workshop, honest: Sealed) -> Sealed:
    """A key nobody admitted speaks for the township, as a node of its own."""
    name = origins.name_of(shop.area, STRANGER.public_key().public_bytes_raw())
    return shop.sealed(STRANGER, honest, origin=name)


def _spaced(shop: Workshop, honest: Sealed) -> Sealed:
    """Rightly signed, but not in the one spelling there is."""
    made = shop.sealed(shop.key, honest)
    header = made.header.replace(b",", b", ", 1)
    return made._replace(header=header, signature=seal.sign(shop.key, seal.leaf_of(header, made.commitment)))


ENTRIES: dict[str, Forge] = {
    **{
        f"{name} changed": _field(name, value)
        for name, value in {
            "about": lambda shop: new_id(START),
            "area": lambda shop: f"{shop.area}{shop.rng.randrange(1_000):03}",
            "at_ms": lambda shop: shop.rng.randrange(1 << 40),
            "clock": lambda shop: shop.rng.randrange(1 << 56),
            "id": lambda shop: new_id(START),
            "kind": lambda shop: "registry.Died@1",
            "officer": lambda shop: f"officer-{shop.rng.randrange(10**6)}",
            "origin": lambda shop: shop.other,
            "origin_seq": lambda shop: shop.reached + 1 + shop.rng.randrange(10**6),
            "post": lambda shop: f"post-{shop.rng.randrange(10**6)}",
            "suite": lambda shop: f"none-{shop.rng.randrange(10**6)}",
            "voids": lambda shop: new_id(START),
        }.items()
    },
    "content changed": lambda shop, e: e._replace(content=shop.flipped(e.content or b"x")),
    "salt changed": lambda shop, e: e._replace(salt=shop.flipped(e.salt or b"x")),
    "commitment changed": lambda shop, e: e._replace(commitment=shop.flipped(e.commitment)),
    "signature changed": lambda shop, e: e._replace(signature=shop.flipped(e.signature)),
    "content left out, salt kept": lambda shop, e: shop.sealed(shop.key, e)._replace(content=None),
    "header cut off": lambda shop, e: e._replace(header=_cut(e.header, shop.rng)),
    "content cut off": lambda shop, e: e._replace(content=_cut(e.content, shop.rng)),
    "signature cut off": lambda shop, e: e._replace(signature=_cut(e.signature, shop.rng)),
    "signed by another township": lambda shop, e: shop.sealed(shop.other_key, e),
    "signed by a stranger": lambda shop, e: shop.sealed(STRANGER, e),
    "of an unknown origin": _unknown,
    "another's name, own key": lambda shop, e: shop.sealed(shop.key, e, origin=shop.other, area=shop.other_area),
    "of a foreign area": lambda shop, e: shop.sealed(shop.key, e, area=f"{shop.other_area}{shop.rng.randrange(10):03}"),
    "of the whole county": lambda shop, e: shop.sealed(shop.key, e, area=shop.area[:6]),
    "of the next century's clock": lambda shop, e: shop.sealed(
        shop.key, e, clock=receiving.LAST_CLOCK + shop.rng.randrange(1 << 20)
    ),
    "of a number that no table holds": lambda shop, e: shop.sealed(
        shop.key, e, origin_seq=shop.rng.choice([0, -1, 1 << 62, 1 << 63, (1 << 64) - 1]) + shop.rng.randrange(-9, 0)
    ),
    "of no instant": lambda shop, e: shop.sealed(shop.key, e, at_ms=(1 << 63) + shop.rng.randrange(1 << 20)),
    "replayed under another number": lambda shop, e: shop.sealed(shop.key, e, id=seal.read_header(e.header).id),
    "another under a number that is taken": lambda shop, e: shop.sealed(
        shop.key, e, origin_seq=seal.read_header(e.header).origin_seq
    ),
    "in another spelling": _spaced,
}
"""Each is refused for itself, though the message it comes in is signed as it should be."""


@dataclass(frozen=True)
class Sender:
    """Whose message it is, for whom, and with which key he signs."""

    name: str
    to: str
    key: Ed25519PrivateKey


def envelopes(honest: bytes, sender: Sender, other: Sender, rng: random.Random) -> Sequence[tuple[str, bytes]]:
    """One message of each sort which the named sender did not write for this receiver."""
    message = m.Hello("9", rng.randrange(1 << 40), 1 << 40, 0, 1 << 40, 0, 0, 0)
    bomb = zlib.compress(bytes(m.MOST_BYTES + 1), 9)
    signed = sender.key.sign(m.to_sign(sender.name, sender.to, bomb))
    place = rng.randrange(len(honest))
    return [
        ("signed by another township", _write(message, replace(sender, key=other.key))),
        ("signed by a stranger", _write(message, replace(sender, key=STRANGER))),
        ("of another township", _write(message, other)),
        ("for another receiver", _write(message, replace(sender, to=other.name))),
        ("from the receiver itself", _write(message, Sender(sender.to, sender.to, sender.key))),
        ("one bit flipped", honest[:place] + bytes([honest[place] ^ (1 << rng.randrange(8))]) + honest[place + 1 :]),
        ("cut off", honest[: rng.randrange(len(honest))]),
        ("noise", rng.randbytes(rng.randrange(1, 2_000))),
        ("a bomb", msgspec.msgpack.encode((sender.name, sender.to, bomb, signed))),
    ]


def _write(message: m.Message, sender: Sender) -> bytes:
    return m.write(message, sender=sender.name, to=sender.to, key=sender.key)
