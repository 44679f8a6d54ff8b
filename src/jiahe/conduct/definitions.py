"""Who leads, as the roles of `content/roles/` say: whoever reads what climbs to him."""

from functools import cache

from jiahe.conduct.rules.climbing import Leaders
from jiahe.places.rules import LENGTHS
from jiahe.staff.definitions import roles
from jiahe.window.definitions import FOLDER

_CLIMBED = "conduct.climbed"


@cache
def leaders() -> Leaders:
    """The roles that lead the office of an area, each with the length of the code of such an area."""
    leading = [role for role in roles(FOLDER.parent / "roles").values() if _CLIMBED in role.reads]
    return frozenset((role.id, n) for role in leading for level, n in LENGTHS.items() if level.value in role.level)
