# SPDX-License-Identifier: AGPL-3.0-or-later
"""A service from which an applicant would suffer is refused when it is loaded, and the line is named."""

from __future__ import annotations

from datetime import date

import pytest

from jiahe.staff.definitions import roles
from jiahe.window import problems
from jiahe.window.definitions import FOLDER, gather, parse
from jiahe.window.definitions.days import parse as parse_days

NAME = "childcare_subsidy-1.toml"
GOOD = (FOLDER / NAME).read_text("utf-8")
ROLES = roles(FOLDER.parent / "roles")

REVIEW = '[[steps]]\nid = "first_review"'
BAD = {
    # what is written instead of what                         | refused as          | on the line of
    "no TOML": ('version = 1\n', 'version = "1\n', "unreadable", 'version = "1'),
    "an unknown field": ("version = 1\n", "version = 1\nurgent = true\n", "unknown_shape", "urgent"),
    "an unknown field of a step": (f"{REVIEW}\n", f"{REVIEW}\nurgent = true\n", "unknown_shape", "urgent"),
    "a field missing": ('item_type = "05"\n', "", "unknown_shape", "# First review"),
    "a number as words": ("promised = 25", 'promised = "soon"', "unknown_shape", "soon"),
    "an unknown end": ('end = "granted"', 'end = "lost"', "unknown_shape", 'end = "lost"'),
    "a notice that shows a number": ('"year"]', '"identity_number"]', "unknown_shape", "identity_number"),
    "a code that is none": ('item_type = "05"\n', 'item_type = "05"\ncatalogue_code = "4"\n',
             "unknown_shape", 'code = "4"'),
    "one language": ('title.zh_hant = "初審"\n', "", "not_in_both_languages", 'title.en = "First review"'),
    "a third language": ('title.zh_hant = "初審"\n', 'title.zh_hant = "初審"\ntitle.fr = "Examen"\n',
                         "not_in_both_languages", 'title.en = "First review"'),
    "another id": ('id = "childcare_subsidy"', 'id = "childcare"', "wrong_file_name", 'id = "childcare"'),
    "another version": ("version = 1\n", "version = 2\n", "wrong_file_name", "id ="),
    "a review before it": ("review_by = 2027", "review_by = 2025", "dates_reversed", "review_by"),
    "an end before it": ("version = 1\n", "version = 1\neffective_until = 2025-01-01\n",
             "dates_reversed", "effective_until"),
    "two steps of one name": ('id = "public_notice"\n', 'id = "first_review"\n', "said_twice", "[[steps]]#2"),
    "two outcomes of one name": ('id = "does_not_meet"', 'id = "meets"', "said_twice", "[[steps.outcomes]]#2"),
    "a limit of zero": ("promised = 6\n", "promised = 0\n", "zero_limit", "promised = 0"),
    "a total of zero": ("promised = 25", "promised = 0", "zero_limit", "promised = 0"),
    "a pause of zero": ("days = 10\n", "days = 0\n", "zero_limit", "days = 0"),
    "a return no times": ("times = 1", "times = 0", "zero_limit", "[[steps.outcomes]]#7"),
    "an instant service with limits": ('"within_limit"', '"instant"', "limit_unfitting", "[limit]"),
    "a step without a limit": ("promised = 3\n", "", "limit_unfitting", "[[steps]]#4"),
    "promised longer than the law": ("statutory = 30", "statutory = 24", "promised_longer", "promised = 25"),
    "a step promised longer than the law": ("promised = 6\n", "promised = 6\nstatutory = 4\n",
             "promised_longer", "promised = 6"),
    "delivered late": ("deliver = 10", "deliver = 11", "promised_longer", "deliver"),
    "steps longer than all": ("promised = 25", "promised = 24", "steps_exceed_total", "promised = 24"),
    "an extension beyond the law": ("days = 5\nby", "days = 11\nby", "extension_too_long", "days = 11"),
    "a step that does not exist": ('next = "recheck"', 'next = "cellar"',
             "step_missing", "[[steps.outcomes]]#7"),
    "an outcome to nowhere": ('next = "recheck"\n', "", "leads_nowhere", "[[steps.outcomes]]#7"),
    "an outcome to two places": ('next = "recheck"\n', 'next = "recheck"\nend = "closed"\n', "leads_nowhere",
                                 "[[steps.outcomes]]#7"),
    "a step never reached": ('next = "recheck"\n', 'next = "recheck"\n'.replace("recheck", "first_review"),
                             "never_reached", "[[steps]]#4"),
    "a loop without exit": ("times = 1\n", "", "loop_without_exit", "[[steps]]#3"),
    "a role that does not exist": ('role = "county_manager"', 'role = "prefect"', "role_missing", "prefect"),
    "an extension by nobody": ('by = "county_manager"', 'by = "prefect"', "role_missing", "prefect"),
    "a role elsewhere": ('level = "county"', 'level = "village"', "role_elsewhere", 'level = "village"'),
    "a notice longer than its step": ("days = 5, shows", "days = 6, shows",
             "notice_too_long", "days = 6, shows"),
    "a notice of what is confidential": ("version = 1\n", "version = 1\nconfidential = true\n",
             "notice_reveals", "days = 5, shows"),
    "a fee": ("version = 1\n", "version = 1\nfee = 20\n", "fee_without_basis", "fee = 20"),
    "a condition of contraception": ('title.zh_hant = "身份證件"', 'title.zh_hant = "節育證明"',
             "condition_forbidden", "[[documents]]"),
    "a pregnancy test": ('title.en = "Identity document"', 'title.en = "Pregnancy test"',
             "condition_forbidden", "[[documents]]"),
    "a birth permit as a step": ('title.zh_hant = "初審"', 'title.zh_hant = "核對准生證"',
             "condition_forbidden", "[[steps]]"),
    "a fee for births": ("不限孩次", "已繳社會撫養費", "condition_forbidden", "applicants.en"),
}  # fmt: skip


def line(text: str, mark: str) -> int:
    """The number of the line that begins with, or holds, `mark`; "#2" asks for the second of them."""
    words, _, which = mark.partition("#") if not mark.startswith("#") else (mark, "", "")
    found = [n for n, each in enumerate(text.split("\n"), 1) if words in each]
    return found[int(which or 1) - 1]


@pytest.mark.parametrize("case", BAD)
def test_refused_with_its_line(case: str) -> None:
    old, new, code, mark = BAD[case]
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    with pytest.raises(problems.Refused) as refused:
        parse(text, name=NAME, roles=ROLES)
    assert refused.value.code == f"window.{code}"
    assert refused.value.values["file"] == NAME
    assert refused.value.values["line"] == line(text, mark)
    problem = refused.value
    said = [sentence.format(**problem.values) for sentence in (problem.what, problem.why, problem.now)]
    assert all(said)
    assert "{" not in "".join(said)


def test_a_step_where_everything_can_be_used_up() -> None:
    text = GOOD.replace('title.en = "Answered"', 'times = 2\ntitle.en = "Answered"')
    with pytest.raises(problems.NoWayOn):
        parse(text, name=NAME, roles=ROLES)


def test_versions_that_overlap() -> None:
    ended = GOOD.replace("version = 1\n", "version = 1\neffective_until = 2027-01-01\n")
    second = GOOD.replace("version = 1\n", "version = 2\n").replace(
        "effective_from = 2025-01-01", "effective_from = 2026-12-31"
    )
    with pytest.raises(problems.VersionsOverlap) as refused:
        gather({NAME: ended, "childcare_subsidy-2.toml": second}, roles=ROLES)
    assert refused.value.values["day"] == date(2026, 12, 31)
    assert refused.value.values["line"] == line(second, "effective_from")
    following = second.replace("2026-12-31", "2027-01-01", 1)
    services = gather({NAME: ended, "childcare_subsidy-2.toml": following}, roles=ROLES)
    assert [services.one("childcare_subsidy", date(2026, 12, day)).version for day in (30, 31)] == [1, 1]
    assert services.one("childcare_subsidy", date(2027, 1, 1)).version == 2
    assert services.version("childcare_subsidy", 1).effective_until == date(2027, 1, 1)
    with pytest.raises(problems.NoSuchService):
        services.one("childcare_subsidy", date(2024, 12, 31))


def test_what_the_county_holds_is_asked_of_nobody() -> None:
    other = (FOLDER / "birth_certificate-1.toml").read_text("utf-8")
    asking = other.replace('id = "birth_record"\nfrom = "county"', 'id = "birth_record"\nfrom = "applicant"')
    with pytest.raises(problems.AskedThoughHeld) as refused:
        gather({NAME: GOOD, "birth_certificate-1.toml": asking}, roles=ROLES)
    assert refused.value.values["file"] == "birth_certificate-1.toml"
    assert refused.value.values["line"] == line(asking, 'id = "birth_record"') - 1


DAYS = """id = "flood"
source = "an order"
link = ""
reviewed_on = 2026-07-01
reason.en = "Flood"
reason.zh_hant = "洪水"
off = [2026-07-21]
worked = [2026-07-25]
"""


@pytest.mark.parametrize(
    ("old", "new", "code", "mark"),
    [
        ('id = "flood"', 'id = "fire"', "wrong_file_name", "id"),
        ("[2026-07-25]", "[2026-07-21]", "said_twice", "worked"),
        ("[2026-07-25]", '["Saturday"]', "unknown_shape", "worked"),
        ("worked", "weekend", "unknown_shape", "weekend"),
    ],
)
def test_days_refused(old: str, new: str, code: str, mark: str) -> None:
    text = DAYS.replace(old, new)
    with pytest.raises(problems.Refused) as refused:
        parse_days(text, name="flood.toml")
    assert (refused.value.code, refused.value.values["line"]) == (f"window.{code}", line(text, mark))
