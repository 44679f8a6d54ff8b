"""Mothers whom rows name by their numbers: somebody in the register, or somebody in the same file."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from jiahe.exchange.models import ImportRow, Verdict
from jiahe.exchange.persons import Somebody
from jiahe.registry.queries import people
from jiahe.staff.scope import Scope

_COMING = (Verdict.READ, Verdict.ACCEPTED, Verdict.DOUBLE)


@dataclass(frozen=True, slots=True)
class Mothers:
    """By number: who is registered, and who stands in a row of this file that may yet be taken over."""

    registered: dict[str, UUID]
    coming: frozenset[str]

    @classmethod
    def of(cls, scope: Scope, brought: UUID, said: Sequence[Somebody]) -> "Mothers":
        """The mothers of these; two queries."""
        wanted = {who.mother for who in said if who.mother}
        if not wanted:
            return cls({}, frozenset())
        tails = people(scope).filter(identity_tail__in={number[::-1] for number in wanted})
        registered = {tail[::-1]: person for tail, person in tails.values_list("identity_tail", "id") if tail}
        rows = ImportRow.objects.filter(brought=brought, identity__in=wanted, verdict__in=_COMING)
        return cls(registered, frozenset(rows.values_list("identity", flat=True)))

    def knows(self, who: Somebody) -> bool:
        """Whether the mother is known or coming, or none was named."""
        return not who.mother or who.mother in self.registered or who.mother in self.coming

    def person(self, who: Somebody) -> UUID | None:
        """The mother's id, if she is registered."""
        return self.registered.get(who.mother)
