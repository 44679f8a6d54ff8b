"""How much a file may hold, and how much reading it may cost. Everything beyond is refused, with a reason."""

MEGABYTE = 1024 * 1024

FILE_BYTES = 20 * MEGABYTE
"""A file as it is sent; refused by its size before anything is read."""
UNPACKED_BYTES = 160 * MEGABYTE
"""All parts of a workbook together, as its directory declares them."""
PART_BYTES = 8 * MEGABYTE
"""Any part but sheets and their texts: styles, relations, properties."""
RATIO, RATIO_FROM = 150, MEGABYTE
"""How many times larger than packed a part may be, once it is larger than the second figure."""
PARTS, DIRECTORY_BYTES = 500, 200_000
"""Parts of a workbook, and the size of the directory that lists them."""
TEXTS = 1_500_000
"""Texts that the sheets of a workbook share."""

ROWS, COLUMNS = 100_000, 60
"""Rows below the headings, and columns."""
CELL, LINE = 1_000, 50_000
"""Characters in a cell, and in a line of a text file."""
SAID_BYTES = 64 * MEGABYTE
"""What a child may say of one file, in bytes."""

MEMORY_BYTES = 300 * MEGABYTE
"""Address space of the child."""
CPU_SECONDS, WALL_SECONDS = 40, 60
"""Time of the child; most files need less than one second, 100,000 rows of a workbook some fifteen."""
