"""What stands in somebody's way, said so that he can go on: what, why, and what now."""

from typing import ClassVar


def N_(sentence: str) -> str:
    """Marks a sentence for translation; the page translates it when it is shown."""
    return sentence


class Problem(Exception):
    """An obstacle a person can act on; each room's problems.py has its own. Bugs are never Problems.

    `code` is stable and goes to the log; `what`, `why` and `now` are sentences for the person and may name places in
    {braces}, filled by the keywords given on raising. `field` is the form field it belongs to; `status` is for HTTP.
    """

    code: ClassVar[str]
    status: ClassVar[int] = 422
    what: ClassVar[str]
    why: ClassVar[str] = ""
    now: ClassVar[str]
    field: ClassVar[str | None] = None

    def __init__(self, **values: object) -> None:
        super().__init__(self.code)
        self.values = values

    def __str__(self) -> str:
        return f"{self.code}: {self.what.format(**self.values)} {self.now.format(**self.values)}"
