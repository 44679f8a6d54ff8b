"""Whatever stands in a list, somebody comes of it or a Problem says why not; nothing else ever happens."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiahe.basis.languages import Text
from jiahe.basis.problem import Problem
from jiahe.exchange.cells import Residences
from jiahe.exchange.columns import Column
from jiahe.exchange.persons import Somebody, Usual, from_json, somebody, to_json
from jiahe.exchange.problems import BY_CODE
from jiahe.exchange.reading import sniffing, texts
from jiahe.exchange.reading.refusals import Refused
from jiahe.exchange.said import problem_as_text, problem_from
from jiahe.places.facts import Level
from jiahe.places.queries import AreaRow
from jiahe.ui.problems import in_words

pytestmark = pytest.mark.once("postgres")  # plain values
VILLAGE = AreaRow("411723101201", Level.VILLAGE, "411723101", Text("North", "北村", "北村"), None, None, "北村民委员会")
RESIDENCES = Residences.of([VILLAGE], "en")
_CELLS = "王明 男 F 1990-01-02 1990 32875 411723199001010018 4.1E+17 北村 13800000001 护照 户主"
SENSIBLE = st.sampled_from([*_CELLS.split(), ""])
CELLS = st.one_of(SENSIBLE, SENSIBLE, st.text(max_size=40))


ROWS = st.lists(st.tuples(st.sampled_from(list(Column)), CELLS), max_size=12, unique_by=lambda pair: pair[0])
FILES = st.one_of(
    st.binary(max_size=400),
    st.text(max_size=200).map(str.encode),
    st.text(max_size=99).map(lambda text: text.encode("gb18030")),
)


def told(row: list[tuple[Column, str]]) -> Somebody | Problem:
    """What comes of a row."""
    usual = Usual(VILLAGE.code, date(2020, 1, 1))
    try:
        return somebody([cell for _, cell in row], [column for column, _ in row], usual, RESIDENCES)
    except Problem as problem:
        return problem


def read(content: bytes) -> list[list[str]] | Refused:
    """What comes of a file that is no workbook."""
    try:
        return [] if sniffing.is_workbook(content) else [cells for _, cells in texts.rows(content)]
    except Refused as refused:
        return refused


@given(ROWS)
def test_a_row_is_somebody_or_a_problem_and_both_are_kept_as_they_are(row: list[tuple[Column, str]]) -> None:
    found = told(row)
    if isinstance(found, Problem):
        kept = problem_from(problem_as_text(found))
        assert kept is not None
        assert (type(kept), in_words(kept)) == (type(found), in_words(found))
    else:
        assert from_json(to_json(found)) == found
        assert from_json(to_json(found)).mark == found.mark


@given(FILES)
def test_any_bytes_are_rows_or_refused(content: bytes) -> None:
    found = read(content)
    if isinstance(found, Refused):
        assert BY_CODE[found.code](**found.values)
    else:
        assert not [cell for cells in found for cell in cells if "\0" in cell]
