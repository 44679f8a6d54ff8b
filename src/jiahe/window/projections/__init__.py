"""Facts to rows. A case's rows are what all its facts tell (`rules.telling`), whatever order they came in."""

from jiahe.window.projections.cases import attachment_added, attachment_taken, case_told, case_untold, retell_all
from jiahe.window.projections.opinions import (
    answer_taken,
    inspected,
    inspection_taken,
    interest_declared,
    interest_ended,
    rated,
    rating_answered,
    rating_opened,
    rating_opening_taken,
    rating_taken,
)
from jiahe.window.projections.tickets import (
    ticket_called,
    ticket_ended,
    ticket_taken,
    ticket_uncalled,
    ticket_unended,
    ticket_untaken,
)

__all__ = [
    "answer_taken",
    "attachment_added",
    "attachment_taken",
    "case_told",
    "case_untold",
    "inspected",
    "inspection_taken",
    "interest_declared",
    "interest_ended",
    "rated",
    "rating_answered",
    "rating_opened",
    "rating_opening_taken",
    "rating_taken",
    "retell_all",
    "ticket_called",
    "ticket_ended",
    "ticket_taken",
    "ticket_uncalled",
    "ticket_unended",
    "ticket_untaken",
]
