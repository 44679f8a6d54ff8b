"""Columns of our own."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField

AREA_CODE_LENGTH = 24


class AreaField(CharField):  # type: ignore[type-arg]
    """An area code. Sorted by bytes on every database, so that a prefix is a range (`basis.areas.within`)."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", AREA_CODE_LENGTH)
        super().__init__(**options)

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        """The column's type; PostgreSQL is told to sort by bytes whatever the database's locale is."""
        given = dict(super().db_parameters(connection))
        return {**given, "collation": "C"} if connection.vendor == "postgresql" else given
