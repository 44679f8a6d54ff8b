"""`python -m jiahe.node check`: the part of `./jiahe check` that asks the house itself, about words and papers."""

import argparse
import re
from collections.abc import Iterator
from gettext import GNUTranslations
from io import BytesIO
from pkgutil import iter_modules

summary = "whether every sentence is translated and the papers lead where they say; changes nothing"
_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose."""


def run(args: argparse.Namespace) -> int:
    """Print what is not as it should be, one line each; 0 if there is nothing."""
    found = [*sentences(), *papers()]
    print(*found, sep="\n")
    return 1 if found else 0


def sentences() -> Iterator[str]:
    """What is untranslated, what nobody says any more, and compiled catalogues that say something else."""
    from jiahe.ui import translations

    yield from translations.missing()
    with translations.HANT.open("rb") as source:
        written = translations.read_po(source, charset="utf-8")
    said = {(message.id, message.context) for message in translations.extracted()}
    for message in written:
        if message.id and (message.id, message.context) not in said:
            yield f"nobody says this any more: {message.id!r}; ./jiahe fix takes it out"
    for path, catalog in (
        (translations.HANT.with_suffix(".mo"), written),
        (translations.HANS, translations.simplified(written)),
    ):
        fresh = BytesIO()
        translations.write_mo(fresh, catalog)
        if path.exists() and _says(path.read_bytes()) != _says(fresh.getvalue()):
            yield f"{path.name} of {path.parts[-3]} is not compiled from the catalogue as it is; ./jiahe up does that"


def papers() -> Iterator[str]:
    """Links between papers that lead nowhere, and commands of which the manual says nothing."""
    from jiahe.node import commands
    from jiahe.node.settings import PROJECT

    for paper in (*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md"), *PROJECT.glob("src/jiahe/**/*.md")):
        for link in _LINK.findall(paper.read_text("utf-8")):
            if not (paper.parent / link).exists():
                yield f"{paper.relative_to(PROJECT)} leads to {link}, which is not there"
    manual = (PROJECT / "docs" / "operate" / "commands.md").read_text("utf-8")
    own = ("test", "fix", "lock")
    for word in (*own, *(commands.word_of(module.name) for module in iter_modules(commands.__path__))):
        if f"./jiahe {word}" not in manual:
            yield f"docs/operate/commands.md says nothing of ./jiahe {word}"


def _says(compiled: bytes) -> dict[object, str]:
    """What a compiled catalogue says of each sentence; its head, which has a date, left out."""
    said: dict[object, str] = GNUTranslations(BytesIO(compiled))._catalog  # type: ignore[attr-defined]
    return {sentence: words for sentence, words in said.items() if sentence}
