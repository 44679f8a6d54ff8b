"""Authors for tests of the journal itself, which knows no staff."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

START = datetime(2026, 1, 5, 8, tzinfo=UTC)


@dataclass(frozen=True)
class Anyone:
    """May record the verbs and areas that begin as said; by default everything everywhere."""

    verbs: str = ""
    areas: str = ""
    officer: str = "officer-1"
    post: str = "post-1"

    def may(self, verb: str, area: str) -> bool:
        """Whether both begin as said."""
        return verb.startswith(self.verbs) and area.startswith(self.areas)


def minutes(n: int) -> datetime:
    """`n` minutes after the tests' day began."""
    return START + timedelta(minutes=n)
