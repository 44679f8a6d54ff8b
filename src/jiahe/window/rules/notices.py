"""Public notices: until when they hang. Nobody takes one down; after its last day it is simply gone."""

from __future__ import annotations

from datetime import date

from jiahe.window.definitions.shapes import Step
from jiahe.window.rules.calendar import Calendar


def hangs_until(step: Step, since: date, calendar: Calendar) -> date | None:
    """The last day on which the notice of a step begun on `since` hangs; None for a step without one.

    It hangs from the next day on, for whole working days, as every span begins on the day after its event.
    """
    return calendar.after(since, step.notice.days) if step.notice is not None else None
