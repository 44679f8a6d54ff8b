"""The content of this room: the list of areas of a county, and the way official names become short ones."""

from jiahe.places.definitions.areas import AreaList, BadAreaList, read_area_list
from jiahe.places.definitions.naming import Naming, read_naming

__all__ = ["AreaList", "BadAreaList", "Naming", "read_area_list", "read_naming"]
