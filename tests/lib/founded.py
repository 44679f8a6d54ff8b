# SPDX-License-Identifier: AGPL-3.0-or-later
"""A small county that is made once for all tests of a file. What each does to it is undone, as everywhere.

Imports of Django wait until it is ready.
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

T = TypeVar("T")


@contextlib.contextmanager
def standing(blocker: Any, found: Callable[[], T]) -> Iterator[T]:
    """What `found` makes in the database, until the block ends; then it never was. A test's own transaction is a
    savepoint in this one."""
    from django.db import transaction

    with blocker.unblock(), transaction.atomic():
        yield found()
        transaction.set_rollback(True)


def as_found(made: T) -> T:
    """The same for one test: what it adds to the dictionaries, the next one does not find there, nor what this process
    remembers of what the officers were shown."""
    from jiahe.staff import budget

    budget._held = budget._Held()
    own = {name: dict(value) for name, value in vars(made).items() if isinstance(value, dict)}
    return dataclasses.replace(made, **own)
