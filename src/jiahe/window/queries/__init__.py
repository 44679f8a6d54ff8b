"""What others may read of cases. Everything that lists takes a Scope first; whoever is recused sees nothing."""

from jiahe.window.queries.cases import (
    CaseView,
    Line,
    Which,
    WorkRow,
    case,
    case_numbered,
    cases_of,
    counts,
    described,
    history,
    may_look,
    work,
)
from jiahe.window.queries.desks import declared, eligible, interests, kept_from, next_desk, recused
from jiahe.window.queries.open import desks_of
from jiahe.window.queries.receipts import Followed, followed, prove_receipt
from jiahe.window.queries.stages import LateStage, late_stages, stages

__all__ = [
    "CaseView",
    "Followed",
    "LateStage",
    "Line",
    "Which",
    "WorkRow",
    "case",
    "case_numbered",
    "cases_of",
    "counts",
    "declared",
    "described",
    "desks_of",
    "eligible",
    "followed",
    "history",
    "interests",
    "kept_from",
    "late_stages",
    "may_look",
    "next_desk",
    "prove_receipt",
    "recused",
    "stages",
    "work",
]
