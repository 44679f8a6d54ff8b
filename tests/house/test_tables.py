"""The tables: each has one writer, each column a privacy class, each key an index, on both databases."""

from collections import Counter

import pytest
from django.db import connection, models
from django.db.models import ForeignKey, Model

from jiahe.basis.privacy import Privacy
from jiahe.journal.fields import AreaField
from jiahe.journal.wiring import current
from jiahe.node.local_tables import LOCAL
from tests.house.census import models as all_models
from tests.house.census import our_models

STATUS = {"status", "state", "updated_at", "updated_on", "modified", "is_deleted", "deleted", "deleted_at"}
"""Columns that say what follows from facts, or that hide a fact."""

UNINDEXED_AREAS = {
    "exchange.Import.usual_area": "read with the import's row",
    "indicators.Cell.area": "its key leads there: measure, span and start first, which every question names",
    "journal.Entry.area": "read by position; an auditor's list walks back from the end",
    "journal.Origin.area": "a handful of rows, read whole",
    "registry.Household.area": "lists go by `home`; a redrawn area is looked for in HouseholdPlace",
    "registry.Person.area": "lists and searches go by `home`; residents are counted in cells",
    "registry.Person.start_area": "read with the person's row",
    "staff.Duty.about_area": "shown, never asked by",
}


def label(model: type[Model]) -> str:
    """A table as `local_tables` names it."""
    return str(model._meta.label)


def test_every_table_is_projected_or_local_and_never_both() -> None:
    projected, local = {label(table) for table in current().tables}, set(LOCAL)
    assert not projected & local
    assert {label(model) for model in all_models()} == projected | local


def test_every_local_table_has_its_reason() -> None:
    assert not [name for name, reason in LOCAL.items() if len(reason) < 20]


@pytest.mark.parametrize("model", our_models(), ids=label)
def test_every_column_has_a_privacy_class(model: type[Model]) -> None:
    said = getattr(model, "privacy", {})
    columns = {field.name for field in model._meta.concrete_fields if not isinstance(field, models.CompositePrimaryKey)}
    assert set(said) == columns
    assert set(map(type, said.values())) == {Privacy}


@pytest.mark.parametrize("model", our_models(), ids=label)
def test_no_column_holds_what_follows_from_facts(model: type[Model]) -> None:
    assert not {field.name for field in model._meta.concrete_fields} & STATUS


def test_every_constraint_and_index_has_a_name_of_its_own() -> None:
    names = [named.name for model in our_models() for named in (*model._meta.constraints, *model._meta.indexes)]
    assert not [name for name, times in Counter(names).items() if times > 1]
    assert all(names)


def leading_columns(model: type[Model]) -> set[str]:
    """The first column of every index that this database has for a table."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, model._meta.db_table)
    return {each["columns"][0] for each in found.values() if each["columns"] and not each["check"]}


def test_every_key_and_every_area_has_an_index(db: None) -> None:
    for model in all_models():
        first = leading_columns(model)
        keys = {field.column for field in model._meta.concrete_fields if isinstance(field, ForeignKey)}
        assert keys <= first, f"{label(model)}: a foreign key without an index"
    bare = {
        f"{label(model)}.{field.name}"
        for model in our_models()
        for field in model._meta.concrete_fields
        if type(field) is AreaField and field.column not in leading_columns(model)
    }
    assert bare == set(UNINDEXED_AREAS)


def test_nothing_acts_behind_the_back_of_a_projection() -> None:
    ours = {name for model in our_models() for name in ("save", "delete") if name in vars(model)}
    assert not ours, "no overridden save() or delete()"
    assert not [model for model in our_models() if model._meta.proxy]
