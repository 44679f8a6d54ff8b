"""A text with U+0000 in it is said by nobody and taken from nobody: one of the two databases could not keep it."""

import pytest

from jiahe.journal import seal
from jiahe.journal.facts import encode


@pytest.mark.parametrize("text", ["\x00", "王\x00", "\\\x00", '"\x00"'])
def test_it_is_found(text):
    assert seal.holds_nul(encode((text, "")))
    with pytest.raises(ValueError, match="U\\+0000"):
        seal.content_of("", text)


@pytest.mark.parametrize("text", ["", "王小明", "\\u0000", "\\\\u0000", "\x01", "u0000"])
def test_what_only_looks_like_it_is_not(text):
    assert seal.content_of("", text) == encode(("", text))
