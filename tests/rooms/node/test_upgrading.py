# SPDX-License-Identifier: AGPL-3.0-or-later
"""New tables are filled from the journal, also when the first try was killed between the two steps."""

from pathlib import Path

import pytest

from jiahe.indicators.models import Cell
from jiahe.node import upgrading
from tests.rooms.registry.small_county import enter, found_county


class Killed(BaseException):
    """As if the process had been killed."""


def upgrade(home: Path) -> list[str]:
    """What is said on the way."""
    said: list[str] = []
    upgrading.upgrade(home, say=said.append, progress=lambda done, size: None)
    return said


@pytest.mark.django_db
def test_who_was_killed_between_migration_and_replay_replays_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found_county()
    enter()
    # Given numbers of another version
    right = set(Cell.objects.values_list())
    Cell.objects.update(n=999)

    def dies(progress: object) -> int:
        raise Killed

    # when the process dies after the migration
    with monkeypatch.context() as patch:
        patch.setattr(upgrading, "pending", lambda: 1)
        patch.setattr(upgrading.replay, "rebuild", dies)
        with pytest.raises(Killed):
            upgrade(tmp_path)
    # then the next one finds no migration, and replays all the same
    assert upgrading.pending() == 0
    assert len(upgrade(tmp_path)) == 1
    assert set(Cell.objects.values_list()) == right
    # and the one after that has nothing to do
    assert upgrade(tmp_path) == []
