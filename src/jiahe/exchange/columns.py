"""Which column of somebody's list is what: guessed from its heading, said by the user. Pure but for one file."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from jiahe.basis.languages import Text
from jiahe.exchange import problems
from jiahe.registry.facts import IdentityKind, Relation, Sex

FILE = Path(__file__).resolve().parents[3] / "content" / "codes" / "spreadsheets.toml"
_TITLE_ROWS = 10
_LEAST_HEADINGS = 2


class Column(StrEnum):
    """What a column can hold."""

    NAME = "name"
    SURNAME = "surname"
    GIVEN = "given"
    SEX = "sex"
    BIRTH_ON = "birth_on"
    DOCUMENT = "document"
    NUMBER = "number"
    PHONE = "phone"
    AREA = "area"
    SINCE = "since"
    MOTHER = "mother"
    """Her identity number."""
    FORMER_NAME = "former_name"
    ALIAS = "alias"
    OTHER_SCRIPT = "other_script"
    HOUSEHOLD_NUMBER = "household_number"
    HOUSEHOLD_ADDRESS = "household_address"
    RELATION = "relation"
    VERDICT = "verdict"
    """What a report of ours said of the row before; never taken."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of `content/codes/spreadsheets.toml`, made plain, with their meaning; and how we head a column."""

    columns: Mapping[str, Column]
    headings: Mapping[Column, Text]
    sexes: Mapping[str, Sex]
    documents: Mapping[str, IdentityKind]
    relations: Mapping[str, Relation]


@cache
def words(path: Path = FILE) -> Words:
    """The words, read once. A broken file raises KeyError, ValueError or tomllib.TOMLDecodeError."""
    said = tomllib.loads(path.read_text("utf-8"))

    def known(table: str) -> Iterator[tuple[str, str]]:
        return ((plain(word), meant) for meant, all_ in said[table].items() for word in all_)

    columns, headings = dict[str, Column](), dict[Column, Text]()
    for name, names in said["columns"].items():
        column = Column(name)
        headings[column] = Text(names["en"][0], names["zh_hant"][0], names["zh_hans"][0])
        columns |= {plain(word): column for language in names.values() for word in language}
    return Words(
        MappingProxyType(columns),
        MappingProxyType(headings),
        MappingProxyType({word: Sex(meant) for word, meant in known("sexes")}),
        MappingProxyType({word: IdentityKind(meant) for word, meant in known("documents")}),
        MappingProxyType({word: Relation(meant) for word, meant in known("relations")}),
    )


def plain(text: str) -> str:
    """A heading or a word as it is compared.

    >>> plain(" 姓 名（必填）* "), plain("Date of Birth"), plain("ＩＤ No.")
    ('姓名', 'dateofbirth', 'idno')
    """
    text = unicodedata.normalize("NFKC", text).casefold()
    whole = re.sub(r"\([^)]*\)|\[[^\]]*\]|【[^】]*】", "", text)
    return re.sub(r"[\W_]", "", whole or text)


def find_headings(rows: Sequence[Sequence[str]]) -> int:
    """Which of the first rows holds the headings: the one with most headings that are known here, else the first.

    >>> find_headings([["北村人口表"], ["姓名", "性别"], ["王明", "男"]]), find_headings([["a", "b"]])
    (1, 0)
    """
    known = words().columns
    counts = [sum(plain(cell) in known for cell in row) for row in rows[:_TITLE_ROWS]]
    return counts.index(max(counts)) if counts and max(counts) >= _LEAST_HEADINGS else 0


def guess(headings: Sequence[str]) -> list[Column | None]:
    """What each column most likely holds; of two columns that could hold the same, the first.

    >>> [column and column.value for column in guess(["序号", "姓名", "Name", "身份证号码"])]
    [None, 'name', None, 'number']
    """
    known, found = words().columns, list[Column | None]()
    for heading in headings:
        column = known.get(plain(heading))
        found.append(None if column in found else column)
    return found


def refuse_headings(headings: Sequence[str]) -> None:
    """Raises ColumnTwice for a heading that stands there twice. Empty ones may."""
    seen: dict[str, str] = {}
    for heading in headings:
        key = plain(heading)
        if key in seen:
            raise problems.ColumnTwice(heading=heading[:50])
        if key:
            seen[key] = heading


def refuse_columns(columns: Sequence[Column | None], headings: Sequence[str]) -> None:
    """Raises FieldTwice, NameColumnMissing, BirthColumnMissing for a choice of columns that cannot be taken."""
    for place, column in enumerate(columns):
        if column is not None and column in columns[:place]:
            raise problems.FieldTwice(first=headings[columns.index(column)], second=headings[place])
    if Column.NAME not in columns and not {Column.SURNAME, Column.GIVEN} <= set(columns):
        raise problems.NameColumnMissing()
    if not {Column.BIRTH_ON, Column.NUMBER} & set(columns):
        raise problems.BirthColumnMissing()
