"""A value that a room is handed when the node starts, and asks for wherever it needs it."""

from typing import Generic, TypeVar

T = TypeVar("T")


class Connected(Generic[T]):
    """Holds what was connected last.

    >>> held = Connected[str]("nobody connected it")
    >>> held.connect("one"), held.connect("other"), held.current()
    (None, 'one', 'other')
    """

    def __init__(self, missing: str) -> None:
        self._missing = missing
        self._value: T | None = None

    def connect(self, value: T) -> T | None:
        """Use `value` from now on; gives back the one before (tests put it back)."""
        before, self._value = self._value, value
        return before

    def current(self) -> T:
        """The value in force. Raises RuntimeError before the node has started."""
        if self._value is None:
            raise RuntimeError(self._missing)
        return self._value
