"""How private a field is. Every column of every table has one of these classes."""

from enum import StrEnum


class Privacy(StrEnum):
    """Ordered from public to most private; a role names those it sees in full, all others are masked."""

    OPEN = "open"
    """Public or statistical: an area's name, a count."""
    INTERNAL = "internal"
    """About the work: who held a post, when a fact was recorded."""
    PERSONAL = "personal"
    """Who somebody is: name, birth date, sex, residence, kin."""
    CONTACT = "contact"
    """How to reach somebody: phone, address."""
    IDENTITY = "identity"
    """Numbers of identity documents."""
    SENSITIVE = "sensitive"
    """Health, reproduction, and all that Personal Information Protection Law article 28 names."""
