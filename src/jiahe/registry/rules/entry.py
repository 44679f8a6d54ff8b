"""From what was typed to values that can be recorded, or the Problem that stands in the way."""

from datetime import date, timedelta
from typing import assert_never

from jiahe.registry import problems
from jiahe.registry.facts import Identity, IdentityKind, LifeEventKind, Name, NameKind, Sex
from jiahe.registry.rules import identity, names
from jiahe.registry.rules.identity import Flaw
from jiahe.registry.rules.names import NameFlaw
from jiahe.registry.rules.residence import Implausible, implausible

OLDEST = timedelta(days=130 * 365.25)


def clean_name(full: str, surname: str = "", *, kind: NameKind = NameKind.CURRENT) -> Name:
    """A name ready to be recorded; without a surname given, the usual one is taken.

    Raises NameMissing, NameTooLong, NameHasControlCharacters.

    >>> clean_name(" 歐陽　明 ").surname, clean_name("东方红", "东方").given, clean_name("买买提.艾力").full
    ('歐陽', '红', '买买提·艾力')
    """
    for text in (full, surname):
        match names.name_flaw(text or "-"):
            case NameFlaw.CONTROL_CHARACTER:
                raise problems.NameHasControlCharacters()
            case NameFlaw.TOO_LONG:
                raise problems.NameTooLong(longest=names.LONGEST)
    whole = names.normal(full)
    if not whole:
        raise problems.NameMissing()
    first = names.normal(surname) or names.split(whole)[0]
    return Name(kind, whole, first, names.given_of(whole, first))


def clean_identity(kind: IdentityKind, number: str, *, birth_on: date | None, sex: Sex, today: date) -> Identity | None:
    """An identity ready to be recorded, or None if no number was given; resident identity numbers are checked.

    Raises FifteenDigitIdentity, IdentityMalformed, WrongCheckDigit, ImpossibleDate, FutureDate,
    IdentityDiffersFromBirth.
    """
    compact = identity.compact(number)
    if not compact:
        return None
    if kind is IdentityKind.RESIDENT_ID:
        _refuse_number(compact, birth_on=birth_on, sex=sex, today=today)
    elif len(compact) > names.LONGEST or not compact.isprintable():
        raise problems.IdentityMalformed(number=identity.mask_number(compact[:18]), length=len(compact))
    return Identity(kind, compact)


def _refuse_number(number: str, *, birth_on: date | None, sex: Sex, today: date) -> None:
    masked = identity.mask_number(number[: names.LONGEST])
    match identity.flaw(number, birth_on=birth_on, sex=sex, today=today):
        case None:
            return
        case Flaw.FIFTEEN:
            raise problems.FifteenDigitIdentity()
        case Flaw.LENGTH | Flaw.CHARACTERS:
            raise problems.IdentityMalformed(number=masked, length=len(number))
        case Flaw.CHECK_DIGIT:
            raise problems.WrongCheckDigit(number=masked)
        case Flaw.IMPOSSIBLE_DATE:
            raise problems.ImpossibleDate(number=masked)
        case Flaw.FUTURE_DATE:
            raise problems.FutureBirthInIdentity(number=masked, today=today)
        case Flaw.BIRTH_DIFFERS | Flaw.SEX_DIFFERS:
            raise problems.IdentityDiffersFromBirth(number=masked)
        case flaw:
            assert_never(flaw)


def clean_phone(text: str) -> str | None:
    """A phone ready to be recorded, or None if none was given. Raises PhoneMalformed."""
    if not text.strip():
        return None
    digits = identity.phone(text)
    if digits is None:
        raise problems.PhoneMalformed()
    return digits


def refuse_birth(birth_on: date, today: date) -> None:
    """Raises FutureBirth or TooLongAgo for a birth date that cannot be."""
    if birth_on > today:
        raise problems.FutureBirth(on=birth_on, today=today)
    if today - birth_on > OLDEST:
        raise problems.TooLongAgo(on=birth_on)


def refuse_since(since: date, *, birth_on: date, today: date) -> None:
    """Raises FutureSince or SinceBeforeBirth for a day since when somebody lives somewhere."""
    if since > today:
        raise problems.FutureSince(on=since, today=today)
    if since < birth_on:
        raise problems.SinceBeforeBirth(birth_on=birth_on)


def refuse_event(
    kind: LifeEventKind, on: date, *, birth_on: date, died_on: date | None, resident: bool, today: date
) -> None:
    """Raises FutureDate, EventBeforeBirth, EventAfterDeath, AlreadyDead, NotResident for an event that cannot be."""
    match implausible(kind, on, birth_on=birth_on, died_on=died_on, resident=resident, today=today):
        case None:
            return
        case Implausible.FUTURE:
            raise problems.FutureDate(on=on, today=today)
        case Implausible.BEFORE_BIRTH:
            raise problems.EventBeforeBirth(on=on, birth_on=birth_on)
        case Implausible.AFTER_DEATH:
            raise problems.EventAfterDeath(on=on, died_on=died_on)
        case Implausible.ALREADY_DEAD:
            raise problems.AlreadyDead(died_on=died_on)
        case Implausible.NOT_RESIDENT:
            raise problems.NotResident(on=on)
        case reason:
            assert_never(reason)
