"""Limits tries to get in without letting anyone lock anyone out (the rule is `rules.try_again_at`).

Names, devices and addresses are stored as keyed hashes: the table tells nobody who tried to get in from where.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.utils.crypto import salted_hmac

from jiahe.journal.tables import upsert
from jiahe.staff.models import Attempt, Credential, KnownDevice
from jiahe.staff.problems import TooManyTries
from jiahe.staff.request import StaffRequest
from jiahe.staff.rules import WINDOW, Tries, try_again_at, username_of

DEVICE_COOKIE = "jiahe_device"
_DEVICE_LIFE = timedelta(days=365)
_KEPT = timedelta(days=190)
"""Network logs are to be kept for six months (Cybersecurity Law, article 21)."""


def look(request: StaffRequest, username: str, *, address: str, purpose: str = "password") -> Attempt:
    """Note a try for `username` and return it, still counted as failed. Raises TooManyTries before it is looked at.

    A try that must wait is not counted; else knocking would keep the door shut.
    """
    subject = _subject(purpose, username)
    address = _hash("address", address)
    device = _device_of(request, username)
    source = device or address
    # noted before the others are counted, so that a hundred tries at one instant see each other
    attempt = Attempt.objects.create(subject=subject, source=source, address=address, at=request.at)
    failed = Attempt.objects.filter(at__gt=request.at - WINDOW, failed=True).exclude(pk=attempt.pk)
    tries = Tries(
        pair=list(failed.filter(subject=subject, source=source).values_list("at", flat=True)),
        subject=failed.filter(subject=subject).count(),
        address=failed.filter(address=address).count(),
        known=bool(device),
    )
    again = try_again_at(tries, at=request.at)
    if again > request.at:
        attempt.delete()
        whole = -(-(again - request.at) // timedelta(minutes=1))
        raise TooManyTries(minutes=max(whole, 2))  # at least the plural the sentence is written in
    return attempt


def failures(subject: str, *, purpose: str, since: datetime) -> int:
    """How many tries failed for it since then, wherever they came from; one that is being looked at counts too."""
    tries = Attempt.objects.filter(subject=_subject(purpose, subject), at__gt=since, failed=True)
    return tries.count()


def failures_from(address: str, *, since: datetime) -> int:
    """How many tries of anything failed from an address since then; one that is being looked at counts too."""
    return Attempt.objects.filter(address=_hash("address", address), at__gt=since, failed=True).count()


def succeeded(attempt: Attempt, *, at: datetime) -> None:
    """The try was good; old ones are forgotten on the way."""
    Attempt.objects.filter(pk=attempt.pk).update(failed=False)
    Attempt.objects.filter(at__lte=at - _KEPT).delete()


def spend(attempt: Attempt, credential: int, code: str) -> bool:
    """Accept a second-factor code once: False if it was accepted before, on whichever process.

    A code is a time step's; it comes back by chance once in a million, so the hash holds the try's day as well.
    """
    mark = _hash("code", f"{credential}:{attempt.at:%Y-%m-%d}:{code}")
    try:
        with transaction.atomic():
            Attempt.objects.filter(pk=attempt.pk).update(spent=mark)
    except IntegrityError:
        return False
    return True


def remember_device(request: StaffRequest, response: HttpResponse, credential: Credential, *, secure: bool) -> None:
    """After a full log-in: this browser is known for this credential from now on."""
    token = request.COOKIES.get(DEVICE_COOKIE) or secrets.token_urlsafe(32)
    row = KnownDevice(credential=credential, token=_hash("device", token), last_at=request.at)
    upsert(KnownDevice, [row], key=("token", "credential"), update=("last_at",))
    response.set_cookie(
        DEVICE_COOKIE,
        token,
        max_age=int(_DEVICE_LIFE.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=secure,
    )


def _device_of(request: StaffRequest, username: str) -> str:
    """The hash of this browser's token if it is known for this user name, else nothing; one query either way."""
    token = _hash("device", request.COOKIES.get(DEVICE_COOKIE, ""))
    since = request.at - _DEVICE_LIFE
    known = KnownDevice.objects.filter(token=token, credential__username=username_of(username), last_at__gt=since)
    return token if known.exists() else ""


def _subject(purpose: str, name: str) -> str:
    return _hash("subject", f"{purpose}:{username_of(name)}")


def _hash(what: str, value: str) -> str:
    return salted_hmac(f"jiahe.staff.{what}", value, algorithm="sha256").hexdigest()
