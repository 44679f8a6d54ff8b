"""The certificate under which a node's pipe speaks TLS: its own, made once; whoever joins knows it by its digest."""

import fcntl
import hashlib
import os
import socket
import ssl
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

DIGEST_BYTES = 16
_YEARS = timedelta(days=3650)
_NO_CHECK_TIME = 0x200000
"""X509_V_FLAG_NO_CHECK_TIME, which Python's ssl has no name for."""


def make(folder: Path, name: str, *, at: datetime) -> tuple[Path, Path]:
    """The certificate and its key, as files; made if there are none yet."""
    certificate, key = folder / "pipe.crt", folder / "pipe.key"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / "pipe.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # the courier and an invitation may begin together, and must name the same
        if not (certificate.exists() and key.exists()):
            _make(certificate, key, name, at)
    return certificate, key


def _make(certificate: Path, key: Path, name: str, at: datetime) -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + _YEARS)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(private, hashes.SHA256())
    )
    _write(key, private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    _write(certificate, made.public_bytes(Encoding.PEM))


def digest(pem: str) -> bytes:
    """What a code says of the certificate."""
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).digest()[:DIGEST_BYTES]


def fetch(host: str, port: int, expected: bytes, *, timeout: float = 5.0) -> str:
    """The certificate of whoever listens there. Raises OSError if nobody does, ValueError if it is another one."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # the digest says whether it is the right one
    with socket.create_connection((host, port), timeout=timeout) as plain, context.wrap_socket(plain) as wrapped:
        raw = wrapped.getpeercert(binary_form=True)
    pem = ssl.DER_cert_to_PEM_cert(raw or b"")
    if digest(pem) != expected:
        raise ValueError("another certificate")
    return pem


def trusting(pem: str) -> ssl.SSLContext:
    """Talk only with the holder of this certificate, whatever he is called on this network and whatever day it is here:
    a node whose clock is years off must still be able to say so."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    context.verify_flags |= _NO_CHECK_TIME
    context.load_verify_locations(cadata=pem)
    return context


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
