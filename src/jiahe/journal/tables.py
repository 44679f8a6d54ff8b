"""Writing rows fast, and asking about many, the same way on both databases. For projections; nobody else writes
projected tables."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, TypeAlias, TypeVar
from uuid import UUID

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
from django.db.models.base import ModelState

AnyField: TypeAlias = "Field[Any, Any]"
T = TypeVar("T", bound=Model)
_AS_IT_IS = (BinaryField, BooleanField, CharField, DateField, IntegerField, TextField)


def make(table: type[T], **values: Any) -> T:
    """`table(**values)` in a third of the time: Django sets column by column and looks who listens."""
    row = table.__new__(table)
    row._state = ModelState()
    row.__dict__.update(_defaults(table))
    row.__dict__.update(values)
    if len(row.__dict__) > len(_fields(table)) + 1:
        raise TypeError(f"{table.__name__} has not all of {sorted(values)}")
    return row


def insert(table: type[Model], rows: Sequence[Model], *, ignore_conflicts: bool = True) -> None:
    """Insert `rows` with all their columns in one statement; a row whose key exists is left as it is."""
    _run(_insert(table, ignore_conflicts), table, rows)


def upsert(table: type[Model], rows: Sequence[Model], *, key: Sequence[str], update: Sequence[str]) -> None:
    """Insert `rows`; where one with the same `key` fields exists, its `update` fields take the new values."""
    _run(_upsert(table, tuple(key), tuple(update)), table, rows)


def update(table: type[Model], rows: Sequence[Model], *, columns: Sequence[str]) -> None:
    """Write these columns of rows that are there, found by their primary key. No other column is touched, nor an index
    that has none of these."""
    _run(_update(table, tuple(columns)), table, rows, (*columns, _key(table).attname))


def asked(statement: str, identifiers: Iterable[UUID], *more: Any) -> list[tuple[Any, ...]]:
    """What a statement finds that has places, `{}`, for many ids, and behind all of them those for `more`. Where there
    are a thousand, to build such a query costs more than to run it."""
    native = connection.features.has_native_uuid_field
    names = [name if native else name.hex for name in identifiers]
    if not names:
        return []
    places, times = ", ".join(["%s"] * len(names)), statement.count("{}")
    with connection.cursor() as cursor:
        cursor.execute(statement.replace("{}", places), [*names * times, *more])
        return list(cursor.fetchall())


def in_any(*columns: tuple[type[Model], str]) -> str:
    """A statement for `asked`: those of the ids that stand in any of these columns."""
    return " UNION ".join(
        f"SELECT {column} FROM {table._meta.db_table} WHERE {column} IN ({{}})"  # noqa: S608 - names of ours
        for table, column in columns
    )


def id_of(stored: UUID | str) -> UUID:
    """An id as it came from the driver: SQLite keeps them as hexadecimal text."""
    return stored if isinstance(stored, UUID) else UUID(stored)


def _run(statement: str, table: type[Model], rows: Sequence[Model], columns: tuple[str, ...] = ()) -> None:
    if not rows:
        return
    values = _reader(table, connection.vendor, columns)
    with connection.cursor() as cursor:
        if len(rows) == 1:
            cursor.execute(statement, values(rows[0]))
        else:
            cursor.executemany(statement, [values(row) for row in rows])


@cache
def _insert(table: type[Model], ignore_conflicts: bool) -> str:
    fields = _fields(table)
    columns = ", ".join(_quoted(field) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    ending = " ON CONFLICT DO NOTHING" if ignore_conflicts else ""
    return f'INSERT INTO "{table._meta.db_table}" ({columns}) VALUES ({places}){ending}'  # noqa: S608


@cache
def _upsert(table: type[Model], key: tuple[str, ...], update: tuple[str, ...]) -> str:
    names = {field.name: _quoted(field) for field in _fields(table)}
    target = ", ".join(names[name] for name in key)
    changes = ", ".join(f"{names[name]} = excluded.{names[name]}" for name in update)
    return f"{_insert(table, False)} ON CONFLICT ({target}) DO UPDATE SET {changes}"


@cache
def _update(table: type[Model], columns: tuple[str, ...]) -> str:
    names = {field.attname: _quoted(field) for field in _fields(table)}
    changes = ", ".join(f"{names[name]} = %s" for name in columns)
    return f'UPDATE "{table._meta.db_table}" SET {changes} WHERE {_quoted(_key(table))} = %s'  # noqa: S608


def _key(table: type[Model]) -> AnyField:
    return next(field for field in _fields(table) if field.primary_key)


def _quoted(field: AnyField) -> str:
    return f'"{field.column}"'


@cache
def _fields(table: type[Model]) -> tuple[AnyField, ...]:
    return tuple(field for field in table._meta.concrete_fields if field is not table._meta.auto_field)


@cache
def _defaults(table: type[Model]) -> dict[str, Any]:
    return {field.attname: field.get_default() for field in table._meta.concrete_fields}


@cache
def _reader(table: type[Model], vendor: str, columns: tuple[str, ...]) -> Callable[[Model], list[Any]]:
    """How to read a row's values, or those of some columns, for the driver. Most go as they are; asking each field each
    time is slow."""
    known = {field.attname: field for field in _fields(table)}
    fields = [known[name] for name in columns or known]
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
