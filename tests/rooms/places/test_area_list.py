"""The list of Pingyu county, and how a broken list is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from jiahe.places.definitions import BadAreaList, read_area_list
from jiahe.places.facts import Level

FOLDER = Path(__file__).resolve().parents[3] / "content" / "areas"
HEADER = 'id = "x"\neffective_from = 2023-06-30\nsource = "x"\n[counts]\nprovince = 1\ncity = 1\n'
GOOD = """code,official,zh_hans,zh_hant,en
41,河南省,河南省,河南省,Henan Province
4117,驻马店市,驻马店市,駐馬店市,Zhumadian City
"""


def test_pingyu_has_19_townships_and_224_villages() -> None:
    areas = read_area_list(FOLDER, "411723")
    assert [len(areas.codes(level)) for level in Level] == [1, 1, 1, 19, 224]
    names = {area.code: area.name.en for area in areas.areas}
    assert (names["411723"], names["411723103"], names["411723104208"]) == (
        "Pingyu County",
        "Miaowan Town",
        "Shanlao Village",
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (GOOD.replace("en\n", "english\n"), "the columns must be"),
        (GOOD.replace("4117,", "41171,"), "'41171' is not an area code"),
        (GOOD.replace("4117,", "9917,"), "'9917' is not an area code"),
        (GOOD.replace("Zhumadian City", ""), "line 3: a column is empty"),
        (GOOD + "4117,甲市,甲市,甲市,Jia City\n", "4117 stands there twice"),
        (GOOD + "421701,甲县,甲县,甲縣,Jia County\n", "421701 comes before the area it lies in, 4217"),
        (GOOD + "4118,甲市,甲市,甲市,Jia City\n", "2 city rows, the header says 1"),
    ],
)
def test_a_broken_list_is_refused_with_file_and_reason(tmp_path: Path, rows: str, said: str) -> None:
    (tmp_path / "x.toml").write_text(HEADER, encoding="utf-8")
    (tmp_path / "x.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(BadAreaList, match=said):
        read_area_list(tmp_path, "x")
