"""The staff room's tables: those projected from facts, which only `projections.py` writes, and those of this node."""

from jiahe.staff.models.accounts import PATH, Attempt, Credential, Credentials, Draft, KnownDevice, Spent
from jiahe.staff.models.posts import Deputation, Duty, Officer, Placed, Post, Raise, Saying, Taking

__all__ = [
    "PATH",
    "Attempt",
    "Credential",
    "Credentials",
    "Deputation",
    "Draft",
    "Duty",
    "KnownDevice",
    "Officer",
    "Placed",
    "Post",
    "Raise",
    "Saying",
    "Spent",
    "Taking",
]
