# SPDX-License-Identifier: AGPL-3.0-or-later
"""People of whom every personal value occurs nowhere else, so that a trace of one is a trace of him.

All is recorded by the register's actions, on days long enough ago that the retention rules let go of it. Import only
once Django is set up.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from benchmarks.lib.clerks import VILLAGE
from jiahe.exchange import actions as exchange
from jiahe.exchange import queries as lists
from jiahe.journal.recording import record
from jiahe.journal.values import Recorded
from jiahe.node.clock import now
from jiahe.node.demo.identity import check_digit
from jiahe.registry import actions, queries
from jiahe.registry.actions import Document
from jiahe.registry.facts import (
    Field,
    FieldChange,
    IdentityKind,
    Member,
    Name,
    NameKind,
    PersonCorrected,
    Purpose,
    Relation,
    Sex,
)
from jiahe.registry.rules.keys import name_keys
from jiahe.staff.scope import Acting, founding
from jiahe.window import actions as window
from tests.lib.attached import png

THEN, LATER = datetime(2022, 3, 1, 2, tzinfo=UTC), datetime(2023, 5, 2, 2, tzinfo=UTC)
LEFT = date(2023, 5, 1)
LIKELY, TWINS, NUMBERS = "registry.likely_double", "registry.maybe_twins", "registry.different_numbers"


@dataclass
class Canary:
    """Somebody, with what is his alone: what it is, and the text. `kept` are those who stay and know of him."""

    id: UUID
    values: dict[str, str] = field(default_factory=dict)
    kept: list[UUID] = field(default_factory=list)


class Flock:
    """Makes them; the same seed makes the same."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.by = founding("", THEN)

    def word(self) -> str:
        """Letters that are no word."""
        return "zq" + "".join(self.rng.choices("bcdfghjkmnpqrstvwxz", k=12))

    def han(self, size: int = 3) -> str:
        """Characters that no one else has together."""
        return "".join(chr(self.rng.randrange(0x4E00, 0x9F00)) for _ in range(size))

    def digits(self, size: int) -> str:
        """A number."""
        return "".join(self.rng.choices("123456789", k=size))

    def identity(self, born: date, sex: Sex) -> str:
        """A resident's number that checks."""
        serial = self.rng.randrange(1, 499) * 2 - (sex is Sex.MALE)
        first_17 = f"411723{born:%Y%m%d}{serial:03d}"
        return first_17 + check_digit(first_17)

    def somebody(self, *, sex: Sex = Sex.FEMALE, since_year: int = 1970, **said: Any) -> Canary:
        """Registered in the village, with names, number and phone."""
        born = date(since_year + self.rng.randrange(15), 1 + self.rng.randrange(12), 1 + self.rng.randrange(28))
        given, former, alias = self.han(), self.han(), self.han()
        latin, phone, number = self.word().title(), "139" + self.digits(8), self.identity(born, sex)
        known = self.word()
        others = (
            Name(NameKind.FORMER, "王" + former, "王", former),
            Name(NameKind.ALIAS, alias, "", alias),
            Name(NameKind.OTHER_SCRIPT, latin, "", latin),
        )
        made = about(
            actions.register_person(
                name="王" + given, surname="王", sex=sex, birth_on=born, since=date(2015, 1, 1), phone=phone,
                area=VILLAGE, document=Document(IdentityKind.RESIDENT_ID, number), other_names=others,
                registered_area=known, sure={LIKELY}, by=self.by, at=THEN, **said,
            )
        )  # fmt: skip
        values = {
            "name": given, "former name": former, "alias": alias, "name in another script": latin, "phone": phone,
            "identity number": number, "registered residence": known,
            "pinyin": name_keys("王" + given, "王", given).pinyin,
        }  # fmt: skip
        return Canary(made, values)

    def full(self) -> Canary:
        """Of whom everything is said that can be said, with a family that stays."""
        mother, spouse = self.somebody(since_year=1942), self.somebody(sex=Sex.MALE)
        one = self.somebody(mother=mother.id)
        said = one.values
        child = about(
            actions.register_birth(
                name="王" + self.han(), surname="王", sex=Sex.FEMALE, on=date(2021, 5, 5), area=VILLAGE, mother=one.id,
                certificate="T" + self.digits(9), sure={LIKELY}, by=self.by, at=THEN,
            )
        )  # fmt: skip
        one.kept = [mother.id, spouse.id, child]
        usual = {"by": self.by, "at": THEN}
        said["own address"] = self.han(4)
        self._house(said["own address"] + "3号", one.id)
        self._house("王家胡同" + self.digits(4) + "号", spouse.id, one.id)
        actions.register_marriage(
            person=one.id, on=date(2010, 1, 1), spouse_name=self._say(said, "former spouse"), **usual
        )
        actions.register_divorce(person=one.id, on=date(2012, 1, 1), **usual)
        actions.register_marriage(person=one.id, on=date(2014, 1, 1), spouse=spouse.id, **usual)
        self._particulars(one, usual)
        self._corrections(one, usual)
        death = actions.register_death(person=one.id, on=date(2022, 2, 1), **usual)
        actions.cancel_life_event(entry=death.id, reason=self._say(said, "reason of cancelling"), **usual)
        actions.name_guardian(person=child, on=date(2022, 1, 1), guardian=one.id, **usual)
        actions.find_distinct(person=one.id, other=mother.id, why=self._say(said, "reason of difference"), **usual)
        self._open(one, said)
        self._at_the_window(one, said)
        self._merged(one, usual)
        self._leave(one)
        return one

    def unmerged(self) -> Canary:
        """Who was merged into another by mistake, who had taken his phone and name; both are two again."""
        stays, goes = self.somebody(), self.somebody()
        actions.merge_persons(
            kept=stays.id, gone=goes.id, taken=(Field.PHONE, Field.NAME), sure={NUMBERS, TWINS}, by=self.by, at=THEN
        )
        merge = queries.merges_of(self.by.scope, stays.id)[0]
        later = actions.add_phone(person=stays.id, number="137" + self.digits(8), by=self.by, at=THEN)
        goes.values["phone added while merged"] = later.fact.number
        actions.undo_merge(entry=merge.entry, reason="two people", theirs={later.id}, by=self.by, at=THEN)
        goes.kept = [stays.id]
        self._leave(goes)
        return goes

    def brought(self, by: Acting) -> tuple[Canary, Canary, Canary]:
        """From lists: one who was taken over by one and stands as registered already and as a likely double in two of
        this week; one of an import that was undone; and one who stays."""
        gone, undone, stays = (self._row() for _ in range(3))
        made = []
        for row in (gone, undone, stays):
            brought = self._bring([row], by, THEN)
            exchange.take(brought=brought, by=by, at=THEN)
            who = lists.judged(by.scope, brought).values_list("person", flat=True)[0]
            values = {"name": row[0][1:], "identity number": row[3], "phone": row[4]}
            made.append(Canary(who, values))
            if row is undone:
                values["own address"] = self.han(4)
                self._house(values["own address"] + "5号", who)
                reason = self._say(values, "reason of undoing")
                exchange.undo(brought=brought, reason=reason, by=by, at=THEN)
        self._bring([gone, self._row()], by, now())
        self._bring([[*gone[:3], "", gone[4]], self._row()], by, now())
        self._leave(made[0])
        return made[0], made[1], made[2]

    def unborn(self) -> Canary:
        """A new-born of somebody who stays, whose birth turned out to be a mistake."""
        mother, given, number = self.somebody(), self.han(), "T" + self.digits(9)
        born = actions.register_birth(
            name="王" + given, surname="王", sex=Sex.FEMALE, on=date(2021, 6, 6), area=VILLAGE, mother=mother.id,
            certificate=number, sure={LIKELY}, by=self.by, at=THEN,
        )  # fmt: skip
        one = Canary(about(born), {"name": given, "birth certificate": number}, [mother.id])
        actions.cancel_life_event(
            entry=born.id, reason=self._say(one.values, "reason of cancelling"), by=self.by, at=THEN
        )
        return one

    def _row(self) -> list[str]:
        born = date(1960 + self.rng.randrange(30), 3, 1 + self.rng.randrange(28))
        return ["王" + self.han(), "女", str(born), self.identity(born, Sex.FEMALE), "138" + self.digits(8)]

    def _bring(self, rows: Sequence[Sequence[str]], by: Acting, at: datetime) -> UUID:
        text = "\n".join(",".join(row) for row in [["姓名", "性别", "出生日期", "身份证号", "电话"], *rows])
        row = exchange.bring(name="list.csv", content=text.encode(), area=VILLAGE, by=by, at=at)
        since = date(2015, 1, 1)
        columns = lists.columns_of(row)
        exchange.choose_columns(brought=row.id, columns=columns, area=VILLAGE, since=since, by=by, at=at)
        while exchange.check(brought=row.id, by=by, at=at):
            pass
        return row.id

    def _say(self, said: dict[str, str], what: str) -> str:
        said[what] = self.word()
        return said[what]

    def _house(self, address: str, head: UUID, *others: UUID) -> None:
        members = (Member(head, Relation.HEAD), *(Member(who, Relation.SPOUSE) for who in others))
        on = date(2020, 1, 1) if others else date(2016, 1, 1)
        actions.form_household(on=on, area=VILLAGE, address=address, members=members, by=self.by, at=THEN)

    def _particulars(self, one: Canary, usual: dict[str, Any]) -> None:
        said = one.values
        said["added name"], said["passport"], said["second phone"] = (
            self.han(),
            "E" + self.digits(8),
            "136" + self.digits(8),
        )
        actions.add_name(person=one.id, name=said["added name"], kind=NameKind.ALIAS, **usual)
        actions.add_document(person=one.id, kind=IdentityKind.PASSPORT, number=said["passport"], **usual)
        phone = actions.add_phone(
            person=one.id, number=said["second phone"], whose=self._say(said, "whose phone"), **usual
        )
        actions.withdraw_particular(entry=phone.id, reason=self._say(said, "reason of withdrawing"), **usual)

    def _corrections(self, one: Canary, usual: dict[str, Any]) -> None:
        said = one.values
        said["corrected name"], said["unseen phone"] = self.han(), "135" + self.digits(8)
        seen = queries.editable(self.by.scope, one.id).seen
        changes = {
            Field.NAME: "王" + said["corrected name"],
            Field.REGISTERED_AREA: self._say(said, "corrected residence"),
        }
        why = self._say(said, "reason of correction")
        actions.correct_person(person=one.id, changes=changes, seen=seen, why=why, sure={LIKELY}, **usual)
        for number in (said["unseen phone"], "134" + self.digits(8)):  # neither saw the other: a conflict
            unseen = PersonCorrected(one.id, (FieldChange(Field.PHONE, said["phone"], number),))
            record(unseen, by=self.by, at=THEN, area=VILLAGE, about=one.id)
            said["phone that won"] = number

    def _open(self, one: Canary, said: dict[str, str]) -> None:
        reason = self._say(said, "reason of opening")
        actions.open_record(person=one.id, purpose=Purpose.OTHER, reason=reason, outside=True, by=self.by, at=THEN)

    def _at_the_window(self, one: Canary, said: dict[str, str]) -> None:
        """She asks for something, brings a photograph, thinks better of it, and says how she was served."""
        usual = {"by": self.by, "at": THEN}
        case, _ = window.open_case(service="birth_registration", applicant=one.id, **usual)
        paper = window.attach(
            case=case, document="", name="a.png", content=png(2, 3 + self.rng.randrange(900)), **usual
        )
        said["photograph"] = paper.fact.blob
        window.withdraw_case(case=case, **usual)
        window.rate_service(case=case, score=1, words=self._say(said, "words of her rating"), **usual)

    def _merged(self, one: Canary, usual: dict[str, Any]) -> None:
        other = self.somebody()
        why = self._say(one.values, "reason of merging")
        actions.merge_persons(
            kept=one.id,
            gone=other.id,
            taken=(Field.LANGUAGE, Field.REGISTERED_AREA),
            why=why,
            sure={NUMBERS, TWINS},
            **usual,
        )
        one.values |= {f"merged record: {what}": text for what, text in other.values.items()}

    def _leave(self, one: Canary) -> None:
        to = self._say(one.values, "destination")
        actions.register_move_out(person=one.id, on=LEFT, destination=to, by=self.by, at=LATER)


def about(entry: Recorded | list[Recorded]) -> UUID:
    """The person an entry is about."""
    found = entry[0] if isinstance(entry, list) else entry
    assert found.about is not None
    return found.about
