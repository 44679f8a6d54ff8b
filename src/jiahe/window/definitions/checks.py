"""What a service may not say although every word of it is understood: where it would fail an applicant, or a right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from jiahe.basis.languages import Text
from jiahe.staff.definitions import Role
from jiahe.window import problems
from jiahe.window.definitions import graph
from jiahe.window.definitions.graph import Fault
from jiahe.window.definitions.lines import Path
from jiahe.window.definitions.shapes import Handling, Service, Step

EXTENSION_MOST = 10
"""Working days (Administrative Licensing Law, article 42)."""
DELIVER_MOST = 10
"""Working days from the decision to its delivery (Administrative Licensing Law, article 44)."""

FORBIDDEN = re.compile(
    r"避孕|節育|絕育|結紮|結扎|上環|取環|流產|引產|墮胎|終止妊娠|孕情|孕檢證明|妊娠檢測|准生|準生|生育證|計劃外|超生|撫養費"
    r"|contracepti\w*|steriliz\w*|sterilis\w*|abortion|vasectomy|tubal|IUD|pregnancy (?:test|status)|birth permit"
    r"|out[- ]of[- ]plan|maintenance fee",
    re.IGNORECASE,
)
"""What no condition may speak of. A service may be about contraception; whom it serves may not depend on it."""


def faults(service: Service, roles: Mapping[str, Role]) -> Iterator[Fault]:
    """Everything that is wrong with a service; what later checks rely on comes first."""
    checks: tuple[Callable[[], Iterator[Fault]], ...] = (
        lambda: _twice(service),
        lambda: _dates(service),
        lambda: _limits(service),
        lambda: _posts(service, roles),
        lambda: _two_officers(service),
        lambda: _notices(service),
        lambda: _rights(service),
        lambda: graph.gaps(service),
        lambda: graph.sums(service),
    )
    for check in checks:
        found = list(check())
        yield from found
        if found:
            return  # a sum over a graph with a gap means nothing


def _twice(service: Service) -> Iterator[Fault]:
    lists: list[tuple[Path, list[str]]] = [
        (("documents",), [each.id for each in service.documents]),
        (("pauses",), [each.reason.value for each in service.pauses]),
        (("steps",), [each.id for each in service.steps]),
    ]
    for n, step in enumerate(service.steps):
        lists.append((("steps", n, "outcomes"), [each.id for each in step.outcomes]))
    for path, names in lists:
        for name in [name for name, times in Counter(names).items() if times > 1]:
            last = len(names) - 1 - names[::-1].index(name)
            yield Fault((*path, last), problems.SaidTwice, {"name": name})


def _dates(service: Service) -> Iterator[Fault]:
    if service.review_by <= service.reviewed_on:
        yield Fault(("review_by",), problems.DatesReversed, {"later": "review_by", "earlier": "reviewed_on"})
    if service.effective_until is not None and service.effective_until <= service.effective_from:
        values = {"later": "effective_until", "earlier": "effective_from"}
        yield Fault(("effective_until",), problems.DatesReversed, values)


def _limits(service: Service) -> Iterator[Fault]:
    instant = service.handling is Handling.INSTANT
    owned: list[tuple[Path, object]] = [(("limit",), service.limit)]
    owned += [(("steps", n, "promised"), step.promised) for n, step in enumerate(service.steps)]
    if instant:
        owned += [(("extension",), service.extension)]
        owned += [(("pauses",), service.pauses or None)]
        owned += [(("steps", n, "statutory"), step.statutory) for n, step in enumerate(service.steps)]
    for path, limit in owned:
        if (limit is None) is not instant:
            name = ".".join(map(str, path)) if limit is not None else f"no {path[-1]}"
            yield Fault(path, problems.LimitUnfitting, {"name": name, "handling": service.handling.value})
    for path, days in _all_days(service):
        if days is not None and days < 1:
            yield Fault(path, problems.ZeroLimit, {"name": str(path[-1]), "days": days})
    if service.extension and service.extension.days > EXTENSION_MOST:
        values = {"days": service.extension.days, "most": EXTENSION_MOST}
        yield Fault(("extension", "days"), problems.ExtensionTooLong, values)
    pairs: list[tuple[Path, int | None, int | None]] = [
        (("steps", n, "promised"), step.promised, step.statutory) for n, step in enumerate(service.steps)
    ]
    if service.limit:
        pairs.append((("limit", "promised"), service.limit.promised, service.limit.statutory))
        pairs.append((("limit", "deliver"), service.limit.deliver, DELIVER_MOST))
    for path, promised, statutory in pairs:
        if promised is not None and statutory is not None and promised > statutory:
            yield Fault(path, problems.PromisedLonger, {"promised": promised, "statutory": statutory})


def _all_days(service: Service) -> Iterator[tuple[Path, int | None]]:
    if service.limit:
        yield ("limit", "promised"), service.limit.promised
        yield ("limit", "statutory"), service.limit.statutory
        yield ("limit", "deliver"), service.limit.deliver
    if service.extension:
        yield ("extension", "days"), service.extension.days
    for n, pause in enumerate(service.pauses):
        yield ("pauses", n, "days"), pause.days
    for n, step in enumerate(service.steps):
        yield ("steps", n, "promised"), step.promised
        yield ("steps", n, "statutory"), step.statutory
        yield ("steps", n, "notice"), step.notice.days if step.notice else None
        for m, outcome in enumerate(step.outcomes):
            yield ("steps", n, "outcomes", m), outcome.times


def _posts(service: Service, roles: Mapping[str, Role]) -> Iterator[Fault]:
    named: list[tuple[Path, str]] = [(("steps", n, "role"), step.role) for n, step in enumerate(service.steps)]
    if service.extension:
        named.append((("extension", "by"), service.extension.by))
    for path, role in named:
        if role not in roles:
            yield Fault(path, problems.RoleMissing, {"role": role})
    for n, step in enumerate(service.steps):
        if step.role in roles and step.level.value not in roles[step.role].level:
            values = {"role": step.role, "level": step.level.value}
            yield Fault(("steps", n, "level"), problems.RoleElsewhere, values)


def _two_officers(service: Service) -> Iterator[Fault]:
    known = {step.id for step in service.steps}
    for n, step in enumerate(service.steps):
        for other in step.not_by:
            if other not in known or other == step.id:
                yield Fault(("steps", n, "not_by"), problems.StepMissing, {"outcome": step.id, "next": other})


def _notices(service: Service) -> Iterator[Fault]:
    for n, step in enumerate(service.steps):
        if step.notice and service.confidential:
            yield Fault(("steps", n, "notice"), problems.NoticeReveals, {})
        if step.notice and step.notice.days >= (step.promised or 0):
            values = {"days": step.notice.days, "promised": step.promised or 0}
            yield Fault(("steps", n, "notice"), problems.NoticeTooLong, values)


def _rights(service: Service) -> Iterator[Fault]:
    if service.fee and not service.fee_basis:
        yield Fault(("fee",), problems.FeeWithoutBasis, {"fee": service.fee})
    conditions: list[tuple[Path, tuple[Text, ...]]] = [(("applicants",), (service.applicants,))]
    conditions += [(("documents", n), (each.title, each.only_if)) for n, each in enumerate(service.documents)]
    conditions += [(("pauses", n), (each.title,)) for n, each in enumerate(service.pauses)]
    conditions += [(("steps", n), _said_in(step)) for n, step in enumerate(service.steps)]
    for path, texts in conditions:
        for text in texts:
            if word := FORBIDDEN.search(f"{text.en} {text.zh_hant}"):
                values = {"key": ".".join(map(str, path)), "word": word[0]}
                yield Fault(path, problems.ConditionForbidden, values)
                break


def _said_in(step: Step) -> tuple[Text, ...]:
    return (step.title, *(outcome.title for outcome in step.outcomes))
