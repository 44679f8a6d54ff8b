# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every `>>>` example in the house is true."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2] / "src"


def modules_with_examples() -> list[str]:
    """The modules that show an example in a docstring."""
    files = (path for path in sorted(HOUSE.rglob("*.py")) if ">>> " in path.read_text("utf-8"))
    return [".".join(path.relative_to(HOUSE).with_suffix("").parts).removesuffix(".__init__") for path in files]


@pytest.mark.parametrize("name", modules_with_examples())
def test_examples_are_true(name: str) -> None:
    outcome = doctest.testmod(import_module(name), optionflags=doctest.ELLIPSIS)
    assert outcome.attempted
    assert not outcome.failed
