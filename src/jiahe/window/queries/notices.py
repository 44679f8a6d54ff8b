"""Public notices: what hangs on a day, for everybody who walks past. Asked by the public, so no scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jiahe.registry import queries as registry
from jiahe.window.definitions import days, services
from jiahe.window.definitions.shapes import Service, Shown
from jiahe.window.models import Case
from jiahe.window.rules.notices import hangs_until
from jiahe.window.rules.story import Phase


@dataclass(frozen=True, slots=True)
class Hung:
    """One line of a notice. What the service does not show is empty: `name` (masked), `area` (the village), `year`.

    It says nothing that leads to the case: no number, no id, no other day than the last on which it hangs.
    """

    service: Service
    name: str
    area: str
    year: int | None
    until: date


def hanging(on: date) -> list[Hung]:
    """The lines that hang on the day: of cases that stand at a step with a notice, from the day after it began until
    its last day. Nobody takes one down; of a confidential service there is none."""
    showing = {
        (service.id, service.version, step.id): (service, step)
        for service in services().versions
        for step in service.steps
        if step.notice is not None and not service.confidential
    }
    steps = {step for _, _, step in showing}
    rows = Case.objects.filter(phase=Phase.RUNNING, stage__in=steps, turn_since__lt=on, applicant__isnull=False)
    hung = []
    for row in rows:
        service, step = showing.get((row.service, row.version, row.stage), (None, None))
        if service is None or step is None or step.notice is None or row.turn_since is None:
            continue
        until = hangs_until(step, row.turn_since, days())
        if until is not None and on <= until:
            hung.append((row, service, frozenset(step.notice.shows), until))
    kept = registry.kept_as({row.applicant for row, *_ in hung if row.applicant})
    names = registry.masked_names(set(kept.values()))
    lines = [
        Hung(
            service=service,
            name=names.get(kept[row.applicant], "") if row.applicant and Shown.MASKED_NAME in shows else "",
            area=row.area if Shown.VILLAGE in shows else "",
            year=row.opened_on.year if Shown.YEAR in shows else None,
            until=until,
        )
        for row, service, shows, until in hung
    ]
    return sorted(lines, key=lambda line: (line.service.id, line.service.version, line.area, line.name, line.until))
