"""The names on the pipe. Each node may write and read only those with its own name in it; the server sees to that."""

from typing import NamedTuple


class Subjects(NamedTuple):
    """Of the link between the node of area `upper` and the one called `lower`."""

    upper: str
    lower: str

    @property
    def up(self) -> str:
        """Batches from below."""
        return f"up.{self.upper}.{self.lower}"

    @property
    def down(self) -> str:
        """Batches from above."""
        return f"down.{self.upper}.{self.lower}"

    @property
    def up_note(self) -> str:
        """Short messages from below: greetings, receipts, questions. Nobody keeps them."""
        return f"note.up.{self.upper}.{self.lower}"

    @property
    def down_note(self) -> str:
        """Short messages from above."""
        return f"note.down.{self.upper}.{self.lower}"

    @property
    def up_stream(self) -> str:
        """Where batches from below wait."""
        return f"UP-{self.upper}"

    @property
    def down_stream(self) -> str:
        """Where batches from above wait."""
        return f"DOWN-{self.upper}"

    @property
    def inbox(self) -> str:
        """Before the answers of the server to this node."""
        return f"_INBOX.{self.lower}"

    def may_publish(self) -> list[str]:
        """All that the lower node may write."""
        stream = self.down_stream
        return [self.up, self.up_note, f"$JS.API.CONSUMER.MSG.NEXT.{stream}.{self.lower}"]

    def may_subscribe(self) -> list[str]:
        """All that the lower node may read."""
        return [self.down_note, f"{self.inbox}.>"]


def joining(link_key: str) -> str:
    """Where whoever holds an invitation asks to be admitted."""
    return f"join.{link_key}"
