"""A pipe of several servers that somebody else runs: that of this node, or that of the node above.

All servers of a cluster show one and the same certificate, signed by itself. A code carries the digest of that
certificate, and whoever joins keeps it and trusts nothing else; so it does not matter which of the servers answers.
"""

import sys
from pathlib import Path

from cryptography import x509
from django.conf import settings

from jiahe.journal.wiring import current
from jiahe.network import certificates, courier, nkeys, server
from jiahe.node.carriage import CERTIFICATE_ABOVE, CERTIFICATE_CLUSTER, link_secret
from jiahe.node.clock import now
from jiahe.node.home import amend


def use(home: Path, servers: str, certificate: Path, *, replicas: int) -> str:
    """Have the cluster take the place of this node's own pipe from the next start on; or why not."""
    servers = servers.replace(" ", "")
    if wrong := _wrong(servers, certificate):
        return wrong
    (home / "keys" / CERTIFICATE_CLUSTER).write_bytes(certificate.read_bytes())
    amend(home, cluster=servers, replicas=replicas)
    return ""


def call(home: Path, servers: str, certificate: Path | None) -> str:
    """Call the pipe above at these addresses, with the certificate it had if no other is given; or why not."""
    if not settings.JIAHE.above:
        return "This node has none above it. Begin with ./jiahe node join CODE."
    servers, kept = servers.replace(" ", ""), home / "keys" / CERTIFICATE_ABOVE
    given = certificate or kept
    if wrong := _wrong(servers, given):
        return wrong
    kept.write_bytes(given.read_bytes())
    amend(home, above=servers)
    return ""


def place(home: Path) -> tuple[str, Path]:
    """What a code names of this node's cluster: its first server, and the certificate that all of them show."""
    return settings.JIAHE.cluster.partition(",")[0], home / "keys" / CERTIFICATE_CLUSTER


def users() -> str:
    """Who may come to this node's pipe, as nats-server reads it."""
    own = nkeys.public_of(link_secret())
    return server.block(server.everyone(own, current().area, *courier.neighbours(now())))


def _wrong(servers: str, certificate: Path) -> str:
    """Why these cannot be called, "" if they can. Of those that do not answer yet it is said, and no more."""
    try:
        found = x509.load_pem_x509_certificates(certificate.read_bytes())
    except (OSError, ValueError) as error:
        return f"{certificate} holds no certificate: {error}"
    if len(found) != 1 or found[0].issuer != found[0].subject:
        return f"{certificate} must hold one certificate, signed by itself: the one that every server shows."
    expected = certificates.digest(certificate.read_text("ascii"))
    for each in servers.split(","):
        host, _, port = each.rpartition(":")
        if not host or not port.isdecimal():
            return f"{each!r} is no HOST:PORT."
        try:
            certificates.fetch(host.strip("[]"), int(port), expected)
        except OSError as error:
            print(f"{each} does not answer yet: {error}", file=sys.stderr)
        except ValueError:
            return f"{each} shows another certificate than that in {certificate}."
    return ""
