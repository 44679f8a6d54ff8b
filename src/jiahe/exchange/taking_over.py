"""From somebody of a row to somebody the register can take."""

from uuid import UUID

from jiahe.exchange.persons import Somebody
from jiahe.registry.actions import Document, Newcomer
from jiahe.registry.rules.entry import clean_name


def newcomer(who: Somebody, mother: UUID | None) -> Newcomer:
    """As `registry.actions` wants to be told."""
    return Newcomer(
        name=who.name,
        surname=who.surname,
        sex=who.sex,
        birth_on=who.birth_on,
        document=Document(who.document, who.number) if who.document else None,
        area=who.area,
        since=who.since,
        phone=who.phone,
        mother=mother,
        other_names=tuple(clean_name(full, kind=kind) for kind, full in who.other_names),
        certainty=who.certainty,
    )
