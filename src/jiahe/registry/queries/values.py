"""A person's fields as text, as they hold now and as an editor saw them."""

from dataclasses import dataclass
from uuid import UUID

from jiahe.basis.privacy import Privacy
from jiahe.journal import storage
from jiahe.registry.facts import Field
from jiahe.registry.models import FieldValue, Person
from jiahe.registry.queries.people import stored
from jiahe.registry.rules.values import text_of
from jiahe.staff.scope import Scope

_CLASS = {
    Field.IDENTITY: Privacy.IDENTITY,
    Field.PHONE: Privacy.CONTACT,
    Field.CONTACT_BY: Privacy.CONTACT,
    Field.NOT_AT_HOME: Privacy.CONTACT,
}


@dataclass(frozen=True, slots=True)
class Editable:
    """What an editor may see and change; fields he does not see in full are absent. `seen` goes into his form."""

    texts: dict[Field, str]
    seen: str


def editable(scope: Scope, identifier: UUID, *, stamp: str | None = None) -> Editable:
    """A person's fields for a correction: as they are now, or as they were for who knew all up to `stamp`.

    Raises PersonUnknown.
    """
    row = stored(scope, identifier)
    newest = FieldValue.objects.filter(person=identifier).order_by("-stamp").values_list("stamp", flat=True).first()
    texts = texts_as_of(row, stamp)
    seen = {field: text for field, text in texts.items() if scope.sees(_CLASS.get(field, Privacy.PERSONAL))}
    return Editable(seen, stamp or max(newest or "", row.stamp))


def texts_as_of(row: Person, stamp: str | None = None) -> dict[Field, str]:
    """Every field's text: as it holds now, or as it held for somebody who knew all up to `stamp`."""
    registration = storage.decode(storage.by_id([row.entry])[0]).fact
    texts = {field: text_of(registration, field) for field in Field}
    for value in FieldValue.objects.filter(person=row.id).order_by("stamp"):
        if stamp is None or value.stamp <= stamp:
            texts[Field(value.field)] = value.value
    return texts
