"""What is most likely wrong is asked back once: the form comes again with a box to confirm it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from jiahe.basis.problem import Problem
from jiahe.registry import problems
from jiahe.registry.problems.entry import Asks
from jiahe.ui.problems import add_to

_ASKED = {
    each.code: each
    for each in vars(problems).values()
    if isinstance(each, type) and issubclass(each, Asks) and each is not Asks
}


def sure_of(given: Mapping[str, Any] | None) -> frozenset[str]:
    """The codes of what was asked back and is confirmed by the form."""
    if given is None:
        return frozenset()
    said = given.getlist("sure") if hasattr(given, "getlist") else [given.get("sure", "")]
    return frozenset(said) & _ASKED.keys()


@contextmanager
def problems_asked(form: forms.Form, **here: str) -> Iterator[None]:
    """As `ui.problems.problems_on`; a Problem that only asks adds its box to the form."""
    try:
        yield
    except Problem as problem:
        say(form, problem, **here)


def say(form: forms.Form, problem: Problem, **here: str) -> None:
    """Puts the problem on the form; of one that only asks, offers to confirm it beside what was confirmed before."""
    add_to(form, problem, **here)
    if not isinstance(problem, Asks):
        return
    known = [_ASKED[code] for code in sorted(sure_of(form.data)) if code != problem.code]
    form.fields["sure"] = forms.MultipleChoiceField(
        label=_("Confirm"),
        choices=[(each.code, _(each.sure)) for each in [*known, type(problem)]],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
