"""What the child says instead of rows: a code and the values of its sentences. The parent makes a Problem of it."""


class Refused(Exception):
    """The file is not read further. `code` names a problem of `exchange.problems`; `values` fill its sentences."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values
