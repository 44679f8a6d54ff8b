"""Makes Tabler's style sheet small: rules whose classes no page of ours mentions are left out of the built CSS.

`python styles.py BUILT.css SOURCE_FOLDER...` rewrites BUILT.css in place; standard library only, so the build can run
it anywhere. A class counts as used when its name stands anywhere in a template, Python or script file, so it may be
chosen by code, but must be written whole: never `bg-{{ colour }}`.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

_WORD = re.compile(r"[A-Za-z][\w-]*")
_CLASS = re.compile(r"\.(-?[A-Za-z_](?:[\w-]|\\.)*)")
_VARIABLE = re.compile(r"(?<=[{;])(--[\w-]+)\s*:(?:[^;{}\"']|\"[^\"]*\"|'[^']*')*;?")
_USED = re.compile(r"var\(\s*(--[\w-]+)")
# dropped whole wherever they stand: Tabler repeats its dark theme for attributes this house never sets, and draws parts
# that it never has, but by whose names it calls other things
_NEVER = re.compile(
    r"\[data-theme|data-bs-navbar-theme|\[data-bs-theme-(?:base|font|primary|radius)|\.theme-dark"
    r"|\.(?:steps?|step-item|tooltip|btn-check|placeholder|loader|mention|signal|timeline|status|tag)"
    r"(?![\w-])"
)
_SOURCES = {".html", ".py", ".js", ".svg"}


def words(folders: list[Path]) -> frozenset[str]:
    """Every word in the sources; a class outside it cannot be on a page."""
    files = (file for folder in folders for file in sorted(folder.rglob("*")) if file.suffix in _SOURCES)
    return frozenset(word for file in files for word in _WORD.findall(file.read_text("utf-8")))


def trim(css: str, used: frozenset[str]) -> str:
    """The style sheet without rules for classes not `used`, and without variables nothing reads."""
    kept = _rules(re.sub(r"/\*(?!!).*?\*/", "", css, flags=re.S), used)
    while (lean := _read_only(kept)) != kept:
        kept = lean
    return _emptied(kept)


def _read_only(css: str) -> str:
    """Without the variables nothing reads; what they read themselves may then be unread in turn."""
    read = set(_USED.findall(css))
    return _VARIABLE.sub(lambda found: found[0] if found[1] in read else "", css)


def _rules(css: str, used: frozenset[str]) -> str:
    out = []
    for head, body in _blocks(css):
        if body is None:
            out.append(head)
        elif head.lstrip().startswith(("@media", "@supports", "@layer", "@container")):
            inner = _rules(body, used)
            if inner.strip():
                out.append(f"{head}{{{inner}}}")
        elif head.lstrip().startswith("@"):
            out.append(f"{head}{{{body}}}")
        else:
            selectors = [one for one in _split(head) if not _NEVER.search(one) and _wanted(one, used)]
            if selectors:
                out.append(f"{','.join(selectors)}{{{body}}}")
    return "".join(out)


def _wanted(selector: str, used: frozenset[str]) -> bool:
    # what :not() excludes need not exist
    plain = re.sub(r":not\((?:[^()]|\([^()]*\))*\)", "", selector)
    return all(name.replace("\\", "") in used for name in _CLASS.findall(plain))


def _blocks(css: str) -> Iterator[tuple[str, str | None]]:
    """(head, body) of each rule on this level; body is None for statements such as @import and comments."""
    start = here = 0
    while here < len(css):
        match css[here]:
            case "/" if css.startswith("/*", here):
                here = css.index("*/", here) + 2
                yield css[start:here], None
                start = here
            case ";":
                here += 1
                yield css[start:here], None
                start = here
            case '"' | "'":
                here = _past_string(css, here)
            case "{":
                end = _past_block(css, here)
                yield css[start:here].strip(), css[here + 1 : end - 1]
                start = here = end
            case _:
                here += 1


def _past_string(css: str, here: int) -> int:
    quote = css[here]
    here += 1
    while css[here] != quote:
        here += 2 if css[here] == "\\" else 1
    return here + 1


def _past_block(css: str, here: int) -> int:
    depth = 0
    while True:
        match css[here]:
            case '"' | "'":
                here = _past_string(css, here)
                continue
            case "{":
                depth += 1
            case "}":
                depth -= 1
        here += 1
        if depth == 0:
            return here


def _split(head: str) -> list[str]:
    """The selectors of a list; commas inside parentheses and brackets do not part them."""
    parts, depth, start = [], 0, 0
    for here, sign in enumerate(head):
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and depth == 0:
            parts.append(head[start:here])
            start = here + 1
    return [part.strip() for part in [*parts, head[start:]]]


def _emptied(css: str) -> str:
    while (lean := re.sub(r"(?<=[}/])[^{}/;]*\{\s*\}", "", css)) != css:
        css = lean
    return css


if __name__ == "__main__":
    built, *folders = (Path(argument) for argument in sys.argv[1:])
    built.write_text(trim(built.read_text("utf-8"), words(folders)), "utf-8")
