"""Keyset paging: constant cost on any page of a million rows, and an address that tells nothing.

The cursor holds the sort keys of a row, which may be a name, so it is encrypted with a key derived from SECRET_KEY.
"""

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from jiahe.ui.problems import CursorUnreadable

_NONCE = 12
_TYPES: dict[str, tuple[type, Callable[[Any], Any], Callable[[Any], Any]]] = {
    "t": (datetime, datetime.isoformat, datetime.fromisoformat),
    "d": (date, date.isoformat, date.fromisoformat),
    "u": (UUID, str, UUID),
    "n": (Decimal, str, Decimal),
    "s": (str, str, str),
    "i": (int, int, int),
}


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list. `next` and `previous` are cursors for `?page=`, None at the ends."""

    rows: list[Any]
    next: str | None
    previous: str | None


def keyset(queryset: QuerySet[Any], request: HttpRequest, *, by: Sequence[str] = ("id",), size: int = 50) -> Page:
    """The page the request asks for, sorted `by` these columns ("-born_on" descends); together they must be unique
    and never null. Rows may be instances or `.values()`. Raises CursorUnreadable."""
    token = request.GET.get("page", "")
    backward, keys = _opened(token, len(by)) if token else (False, [])
    columns = [(name.lstrip("-"), name.startswith("-") != backward) for name in by]
    ordered = queryset.order_by(*("-" * descends + name for name, descends in columns))
    found = list((ordered.filter(_beyond(columns, keys)) if keys else ordered)[: size + 1])
    more, rows = len(found) > size, found[:size]
    if backward:
        rows.reverse()
    names = [name for name, _ in columns]
    after = rows and (backward or more)
    before = rows and (more if backward else bool(keys))
    return Page(
        rows=rows,
        next=_sealed(False, [_value(rows[-1], name) for name in names]) if after else None,
        previous=_sealed(True, [_value(rows[0], name) for name in names]) if before else None,
    )


def _beyond(columns: list[tuple[str, bool]], keys: list[Any]) -> Q:
    """Rows strictly after `keys`; the first clause alone bounds the index range."""
    first, descends = columns[0]
    bound = Q(**{f"{first}__{'lte' if descends else 'gte'}": keys[0]})
    later, equal = Q(), Q()
    for (name, down), key in zip(columns, keys, strict=True):
        later |= equal & Q(**{f"{name}__{'lt' if down else 'gt'}": key})
        equal &= Q(**{name: key})
    return bound & later


def _value(row: Any, name: str) -> Any:
    if isinstance(row, dict):
        return row[name]
    for part in name.split("__"):
        row = getattr(row, part)
    return row


def _cipher() -> AESGCM:
    return AESGCM(salted_hmac("jiahe.ui.paging", "cursor", algorithm="sha256").digest())


def _sealed(backward: bool, keys: list[Any]) -> str:
    plain = json.dumps([backward, [_packed(key) for key in keys]], ensure_ascii=False).encode()
    nonce = secrets.token_bytes(_NONCE)
    return urlsafe_b64encode(nonce + _cipher().encrypt(nonce, plain, None)).decode().rstrip("=")


def _packed(key: Any) -> list[Any]:
    for tag, (kind, out, _) in _TYPES.items():
        if isinstance(key, kind):
            return [tag, out(key)]
    raise TypeError(f"a list cannot be sorted by {type(key).__name__}")


def _opened(token: str, length: int) -> tuple[bool, list[Any]]:
    try:
        sealed = urlsafe_b64decode(token.encode() + b"=" * (-len(token) % 4))
        backward, packed = json.loads(_cipher().decrypt(sealed[:_NONCE], sealed[_NONCE:], None))
    except (ValueError, InvalidTag) as wrong:
        raise CursorUnreadable from wrong
    if len(packed) != length:
        raise CursorUnreadable
    return backward, [_TYPES[tag][2](value) for tag, value in packed]
