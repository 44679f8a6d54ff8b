"""Writing rows fast, the same way on both databases. For projections; nobody else writes projected tables."""

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeAlias

from django.db import connection
from django.db.models import Field, Model

AnyField: TypeAlias = "Field[Any, Any]"


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
    with connection.cursor() as cursor:
        if len(rows) == 1:
            cursor.execute(statement, _values(fields, rows[0]))
        else:
            cursor.executemany(statement, [_values(fields, row) for row in rows])


@cache
def _fields(table: type[Model]) -> tuple[AnyField, ...]:
    return tuple(field for field in table._meta.concrete_fields if field is not table._meta.auto_field)


def _column(field: AnyField) -> str:
    return connection.ops.quote_name(str(field.column))


def _values(fields: Sequence[AnyField], row: Model) -> list[Any]:
    return [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
