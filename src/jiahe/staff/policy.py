"""What the node decides about staff, handed in once at start (this room reads no settings)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jiahe.staff.definitions import Role


@dataclass(frozen=True, slots=True)
class Policy:
    """The roles known here; whether every account must have a second factor; whether this is the demo."""

    roles: Mapping[str, Role]
    second_factor: bool
    demo: bool
