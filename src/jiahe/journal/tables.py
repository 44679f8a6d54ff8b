"""Writing rows fast, the same way on both databases. For projections; nobody else writes projected tables."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeAlias

from django.db import connection
from django.db.models import (
    BinaryField,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    Field,
    IntegerField,
    Model,
    TextField,
    UUIDField,
)

AnyField: TypeAlias = "Field[Any, Any]"
_AS_IT_IS = (BinaryField, BooleanField, CharField, DateField, IntegerField, TextField)


def insert(table: type[Model], rows: Sequence[Model], *, ignore_conflicts: bool = True) -> None:
    """Insert `rows` with all their columns in one statement; a row whose key exists is left as it is."""
    if rows:
        _run(table, rows, " ON CONFLICT DO NOTHING" if ignore_conflicts else "")


def upsert(table: type[Model], rows: Sequence[Model], *, key: Sequence[str], update: Sequence[str]) -> None:
    """Insert `rows`; where one with the same `key` fields exists, its `update` fields take the new values."""
    if rows:
        names = {field.name: _column(field) for field in table._meta.concrete_fields}
        target = ", ".join(names[name] for name in key)
        changes = ", ".join(f"{names[name]} = excluded.{names[name]}" for name in update)
        _run(table, rows, f" ON CONFLICT ({target}) DO UPDATE SET {changes}")


def _run(table: type[Model], rows: Sequence[Model], ending: str) -> None:
    fields = _fields(table)
    columns = ", ".join(_column(field) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    name = connection.ops.quote_name(table._meta.db_table)
    statement = f"INSERT INTO {name} ({columns}) VALUES ({places}){ending}"  # noqa: S608
    values = _reader(table, connection.vendor)
    with connection.cursor() as cursor:
        if len(rows) == 1:
            cursor.execute(statement, values(rows[0]))
        else:
            cursor.executemany(statement, [values(row) for row in rows])


@cache
def _fields(table: type[Model]) -> tuple[AnyField, ...]:
    return tuple(field for field in table._meta.concrete_fields if field is not table._meta.auto_field)


def _column(field: AnyField) -> str:
    return connection.ops.quote_name(str(field.column))


@cache
def _reader(table: type[Model], vendor: str) -> Callable[[Model], list[Any]]:
    """How to read a row's values for the driver. Most go as they are; asking each field each time is slow."""
    fields = _fields(table)
    names = [field.attname for field in fields]
    asked = [(place, field) for place, field in enumerate(fields) if not _goes_as_it_is(field)]
    shortened = [place for place, field in asked if type(field) is UUIDField and vendor == "sqlite"]
    others = [(place, field) for place, field in asked if place not in shortened]

    def values(row: Model) -> list[Any]:
        held = row.__dict__
        found = [held[name] for name in names]
        for place in shortened:
            if found[place] is not None:
                found[place] = found[place].hex
        for place, field in others:
            found[place] = field.get_db_prep_save(found[place], connection)
        return found

    return values


def _goes_as_it_is(field: AnyField) -> bool:
    """Whether both drivers take the field's values as Python has them (an instant is a date too, and is not)."""
    return isinstance(field, _AS_IT_IS) and not isinstance(field, DateTimeField)
