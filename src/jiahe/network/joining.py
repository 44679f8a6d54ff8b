"""Joining: calling the node above with a code, telling it our keys, and keeping the certificates it answers with."""

import asyncio
import contextlib

import nats
from nats.errors import Error as NatsError

from jiahe.journal.wiring import current
from jiahe.network import certificates, invitations, nkeys
from jiahe.network.admitting import adopt
from jiahe.network.codes import Code
from jiahe.network.models import Link
from jiahe.network.problems import CodeSpent, NodeUnreachable
from jiahe.network.subjects import joining

_TIMES, _PATIENCE = 3, 5.0


async def join(code: Code, link_secret: bytes) -> tuple[str, Link]:
    """The certificate of the pipe above, and the link to it. Done twice, it ends the same.

    Raises NodeUnreachable, CodeSpent, ChainBroken.
    """
    loop = asyncio.get_running_loop()
    try:
        pem = await loop.run_in_executor(None, certificates.fetch, code.host, code.port, code.certificate)
    except (OSError, ValueError) as error:
        raise NodeUnreachable(place=code.place) from error
    secret = nkeys.from_code(code.secret)
    key = nkeys.public_of(secret)
    try:
        client = await nats.connect(
            f"tls://{code.place}",
            nkeys_seed_str=nkeys.seed_of(secret),
            tls=certificates.trusting(pem),
            tls_handshake_first=True,
            allow_reconnect=False,
            connect_timeout=5,
            inbox_prefix=f"_INBOX.{key}".encode(),
        )
    except (NatsError, OSError, TimeoutError) as error:
        if "authorization" in str(error).lower():
            raise CodeSpent from error
        raise NodeUnreachable(place=code.place) from error
    try:
        raw = invitations.apply(code, key=current().key, link_key=nkeys.public_of(link_secret))
        upper = await ask(client, key, raw)
    finally:
        with contextlib.suppress(NatsError, OSError):
            await client.close()
    link = await loop.run_in_executor(None, _adopt, upper)
    return pem, link


async def ask(client: "nats.NATS", key: str, raw: bytes, patience: float = _PATIENCE) -> bytes:
    """What the node above answers. Said again, for nats-server can lose what comes while it reads who may come.

    Raises NodeUnreachable.
    """
    for _ in range(_TIMES):
        try:
            return (await client.request(joining(key), raw, timeout=patience)).data
        except TimeoutError:
            continue
        except NatsError as error:
            raise NodeUnreachable(place="its pipe") from error
    raise NodeUnreachable(place="its pipe")


def _adopt(raw: bytes) -> Link:
    from django.db import connection

    try:
        return adopt(invitations.accepted(raw))
    finally:
        connection.close()
