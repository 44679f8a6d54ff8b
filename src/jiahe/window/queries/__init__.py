"""What others may read of cases. Everything that lists takes a Scope first; whoever is recused sees nothing."""

from jiahe.window.queries.board import Backlog, Board, Row, board
from jiahe.window.queries.carrying import case_areas, entries_of_cases
from jiahe.window.queries.cases import (
    CaseView,
    Line,
    case,
    case_numbered,
    history,
    may_look,
)
from jiahe.window.queries.desks import declared, eligible, interests, kept_from, left_behind, next_desk, recused
from jiahe.window.queries.notices import Hung, hanging
from jiahe.window.queries.open import desks_of
from jiahe.window.queries.queue import (
    OwnTicket,
    Queue,
    Waits,
    free_slots,
    office_of,
    offices,
    own_tickets,
    queue,
    ticket,
    tickets_of,
    waiting_at,
    waiting_times,
)
from jiahe.window.queries.ratings import BadRating, bad_rating, bad_ratings, rating_counts, rating_opened
from jiahe.window.queries.receipts import Followed, followed, prove_receipt
from jiahe.window.queries.stages import LateStage, late_stages, stages
from jiahe.window.queries.work import COUNTED, Which, WorkRow, counts, described, work

__all__ = [
    "COUNTED",
    "Backlog",
    "BadRating",
    "Board",
    "CaseView",
    "Followed",
    "Hung",
    "LateStage",
    "Line",
    "OwnTicket",
    "Queue",
    "Row",
    "Waits",
    "Which",
    "WorkRow",
    "bad_rating",
    "bad_ratings",
    "board",
    "case",
    "case_areas",
    "case_numbered",
    "counts",
    "declared",
    "described",
    "desks_of",
    "eligible",
    "entries_of_cases",
    "followed",
    "free_slots",
    "hanging",
    "history",
    "interests",
    "kept_from",
    "late_stages",
    "left_behind",
    "may_look",
    "next_desk",
    "office_of",
    "offices",
    "own_tickets",
    "prove_receipt",
    "queue",
    "rating_counts",
    "rating_opened",
    "recused",
    "stages",
    "ticket",
    "tickets_of",
    "waiting_at",
    "waiting_times",
    "work",
]
