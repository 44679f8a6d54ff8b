"""Numbers that are never behind their record: measures over facts, live cells, indicators with intervals, the board."""
