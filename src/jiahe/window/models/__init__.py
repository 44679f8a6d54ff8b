"""Tables of the window, by noun."""

from jiahe.window.models.cases import Attachment, Case, CaseEntry, Stage
from jiahe.window.models.opinions import Answer, Inspection, Interest, Rating, RatingOpening
from jiahe.window.models.tickets import Ticket, TicketCall, TicketEnd

__all__ = [
    "Answer",
    "Attachment",
    "Case",
    "CaseEntry",
    "Inspection",
    "Interest",
    "Rating",
    "RatingOpening",
    "Stage",
    "Ticket",
    "TicketCall",
    "TicketEnd",
]
