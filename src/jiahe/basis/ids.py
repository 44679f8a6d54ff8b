"""Identifiers that sort by the instant they were made (UUID version 7, RFC 9562 section 5.7)."""

import secrets
from datetime import UTC, datetime, timedelta
from uuid import UUID

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)


def new_id(at: datetime) -> UUID:
    """A fresh UUIDv7 for the aware instant `at`; 74 of its bits are random.

    >>> made = new_id(datetime(2026, 11, 23, tzinfo=UTC))
    >>> made.version, instant_of(made).isoformat()
    (7, '2026-11-23T00:00:00+00:00')
    """
    return from_parts(milliseconds(at), secrets.randbits(74))


def from_parts(ms: int, noise: int) -> UUID:
    """The UUIDv7 of `ms` milliseconds since 1970 and 74 bits of `noise` (tests and the demo give their own)."""
    value = (ms & (1 << 48) - 1) << 80 | 7 << 76 | (noise >> 62 & 0xFFF) << 64 | 2 << 62 | noise & (1 << 62) - 1
    return UUID(int=value)


def instant_of(identifier: UUID) -> datetime:
    """The instant a UUIDv7 was made, to the millisecond, in UTC."""
    return from_milliseconds(identifier.int >> 80)


def milliseconds(at: datetime) -> int:
    """Whole milliseconds since 1970 UTC. Raises ValueError for an instant without a time zone."""
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return (at - _EPOCH) // _MS


def from_milliseconds(ms: int) -> datetime:
    """The UTC instant `ms` milliseconds after 1970."""
    return _EPOCH + ms * _MS
