"""The code of an invitation: who mistypes it is told what it looks like."""

import re

import pytest

from jiahe.network import codes
from jiahe.network.facts import Level
from jiahe.network.problems import CodeMalformed

MADE = codes.write(codes.Code("county.example:4222", "411723101", Level.TOWNSHIP, bytes(16), bytes(16)))


@pytest.mark.parametrize(
    "typed",
    ["", MADE[:-1], MADE.replace("/township", ""), MADE.replace("/411723101/township", ""), MADE.replace("#", "")],
)
def test_a_code_that_is_not_whole_is_refused(typed: str) -> None:
    with pytest.raises(CodeMalformed):
        codes.read(typed)


def test_the_refusal_tells_the_form_that_codes_have() -> None:
    told = re.search(r"HOST\S+", CodeMalformed.why)
    assert told is not None
    words = {"HOST": r"[\w.]+", "PORT": r"\d+", "AREA": r"\d+", "LEVEL": r"[a-z]+", "XXXX": r"[A-Z2-7]{4}"}
    form = re.sub("|".join(words), lambda word: words[word[0]], told[0].removesuffix("...;"))
    assert re.match(form, MADE)
