"""The verbs of the window. Each looks and decides under the journal's lock, then records its facts."""

from jiahe.window.actions.opinions import (
    answer_rating,
    declare_interest,
    end_interest,
    inspect_case,
    open_rating,
    rate_service,
)
from jiahe.window.actions.receiving import (
    accept_case,
    attach,
    bring_documents,
    decline_case,
    give_code,
    hand_over_case,
    open_case,
    tell_missing,
)
from jiahe.window.actions.working import (
    decide_step,
    deliver_result,
    extend_case,
    give_desks,
    pass_on,
    resume_clock,
    stop_clock,
    take_step,
    withdraw_case,
)

__all__ = [
    "accept_case",
    "answer_rating",
    "attach",
    "bring_documents",
    "decide_step",
    "declare_interest",
    "decline_case",
    "deliver_result",
    "end_interest",
    "extend_case",
    "give_code",
    "give_desks",
    "hand_over_case",
    "inspect_case",
    "open_case",
    "open_rating",
    "pass_on",
    "rate_service",
    "resume_clock",
    "stop_clock",
    "take_step",
    "tell_missing",
    "withdraw_case",
]
