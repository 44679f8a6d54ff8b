"""Who may apply for a service."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from jiahe.window import problems
from jiahe.window.definitions.shapes import Handling, Service, Source

FULL_AGE = 18
"""Civil Code, article 17."""


def lacking(service: Service, brought: Collection[str]) -> set[str]:
    """What everybody brings for the service and was not brought; what only some bring, an officer judges."""
    always = {each.id for each in service.documents if each.source is Source.APPLICANT and not str(each.only_if)}
    return always - set(brought)


def refuse_applicant(service: Service, *, born_on: date | None, died_on: date | None, here: bool, on: date) -> None:
    """Raises ApplicantDied, ApplicantAway, and ApplicantUnderAge for what is decided in a procedure: what is given on
    the spot is given to whoever asks."""
    if died_on is not None:
        raise problems.ApplicantDied(on=died_on)
    if not here:
        raise problems.ApplicantAway
    if service.handling is Handling.WITHIN_LIMIT and born_on is not None and on < _birthday(born_on, FULL_AGE):
        raise problems.ApplicantUnderAge


def _birthday(born_on: date, age: int) -> date:
    """The day on which somebody is so old; for 29 February in another year the 1 of March.

    >>> _birthday(date(2008, 2, 29), 18)
    datetime.date(2026, 3, 1)
    """
    try:
        return born_on.replace(year=born_on.year + age)
    except ValueError:
        return date(born_on.year + age, 3, 1)
