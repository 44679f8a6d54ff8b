"""Verdicts, columns and reasons in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jiahe.basis.problem import N_
from jiahe.exchange.columns import Column, words
from jiahe.exchange.models import Step, Verdict
from jiahe.exchange.queries import Judged
from jiahe.registry.queries import described, people
from jiahe.staff.scope import Scope
from jiahe.ui.problems import in_words

VERDICTS = {
    Verdict.UNREAD: N_("not read yet"),
    Verdict.READ: N_("not checked yet"),
    Verdict.ACCEPTED: N_("accepted"),
    Verdict.DOUBLE: N_("likely a double"),
    Verdict.KNOWN: N_("registered already"),
    Verdict.REFUSED: N_("refused"),
    Verdict.TAKEN: N_("registered"),
    Verdict.UNDONE: N_("taken back"),
}
STEPS = {
    Step.COLUMNS: N_("columns to be named"),
    Step.CHECKING: N_("being checked"),
    Step.CHECKED: N_("checked, not taken over"),
    Step.TAKING: N_("being taken over"),
    Step.TAKEN: N_("taken over"),
    Step.UNDONE: N_("undone"),
}
_REASONS = {
    "same_name": N_("same name"),
    "other_name": N_("one's other name"),
    "same_pinyin": N_("same pinyin"),
    "similar_name": N_("similar name"),
    "same_given_name": N_("same given name"),
    "same_birth_date": N_("same birth date"),
    "swapped_birth_date": N_("day and month exchanged"),
    "near_birth_date": N_("birth date differs in one digit"),
    "same_birth_year": N_("same year of birth"),
    "same_village": N_("same village"),
    "same_township": N_("same township"),
    "same_phone": N_("same phone"),
    "near_phone": N_("phone differs in one digit"),
    "same_identity": N_("same identity number"),
    "near_identity": N_("identity number differs in one place"),
    "same_mother": N_("same mother"),
}
"""What speaks for two records being of one person; what speaks against it is not told here."""
SHOWN = "; "


def heading(column: Column) -> str:
    """What we call a column in the reader's language."""
    return words().headings[column].in_language(get_language() or "en")


def reasons(codes: Iterable[str]) -> str:
    """Reasons in words."""
    return ", ".join(_(_REASONS[code]) for code in codes if code in _REASONS)


def share(probability: float) -> int:
    """A probability in per cent; never 100, for nobody is certain before somebody has looked.

    >>> share(0.999), share(0.5)
    (99, 50)
    """
    return min(99, round(probability * 100))


def names(scope: Scope, rows: Iterable[Judged]) -> dict[UUID, str]:
    """The names of those whom rows are likely doubles of, as far as the scope covers them."""
    ids = {alike.person for row in rows for alike in row.doubles}
    return {row.id: row.name for row in described(scope, people(scope).filter(id__in=ids))} if ids else {}


def verdict(row: Judged, known: Mapping[UUID, str]) -> str:
    """All that is said of a row in one text: for a report's last column."""
    said = [_(VERDICTS[row.verdict])]
    if row.problem is not None:
        sentences = in_words(row.problem)
        said += [sentences.what, sentences.why, sentences.now]
    for alike in row.doubles:
        text = _("{name} ({share} %: {reasons})")
        name, likely = known.get(alike.person, "—"), share(alike.probability)
        said.append(text.format(name=name, share=likely, reasons=reasons(alike.reasons)))
    return SHOWN.join(said[:1]) + (": " + " ".join(said[1:]) if len(said) > 1 else "")
