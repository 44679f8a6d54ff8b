"""NKeys: with which a node shows a nats-server who it is. Ed25519 in the server's own spelling.

It is another key than the one that signs entries: a server makes its clients sign what it likes.
"""

import hashlib

import nkeys as nats_keys


def seed_of(secret: bytes) -> str:
    """The seed in the server's spelling, from 32 secret bytes."""
    return str(nats_keys.encode_seed(secret, nats_keys.PREFIX_BYTE_USER).decode())


def public_of(secret: bytes) -> str:
    """The public key in the server's spelling."""
    pair = nats_keys.from_seed(bytearray(seed_of(secret).encode()))
    return str(pair.public_key.decode())


def from_code(code: bytes) -> bytes:
    """The secret that goes with an invitation's code."""
    return hashlib.sha256(b"jiahe invitation 1\n" + code).digest()
