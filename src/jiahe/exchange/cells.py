"""From what people write in cells to values, as tolerant as can be without guessing. Pure."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from jiahe.exchange import problems
from jiahe.exchange.columns import plain, words
from jiahe.places.queries import AreaRow
from jiahe.registry.facts import Certainty, IdentityKind, Relation, Sex

_LONGEST_SHOWN = 40
_ROUNDED = re.compile(r"\d(?:\.\d+)?E\+\d{1,2}", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]00:00(?::00)?)?")
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?")
_YEAR = re.compile(r"(\d{4})\s*年?")
_RUN = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"\d{4,5}")
_FIRST_SERIAL, _LAST_SERIAL = 3_000, 80_000
_EXCEL_DAY_0 = date(1899, 12, 30)


def sex(text: str) -> Sex:
    """A sex. Raises SexUnreadable.

    >>> sex("男"), sex(" F "), sex("2"), sex("未说明的性别")
    (<Sex.MALE: 'male'>, <Sex.FEMALE: 'female'>, <Sex.FEMALE: 'female'>, <Sex.UNSTATED: 'unstated'>)
    """
    found = words().sexes.get(plain(text))
    if found is None:
        raise problems.SexUnreadable(text=shown(text))
    return found


def day(text: str) -> date:
    """A day, whole. Raises DateUnreadable.

    >>> [day(text).isoformat() for text in ("1990-01-02", "1990/1/2", "1990.1.2", "1990年1月2日", "19900102", "32875")]
    ['1990-01-02', '1990-01-02', '1990-01-02', '1990-01-02', '1990-01-02', '1990-01-02']
    """
    found, certainty = birth(text)
    if certainty is not Certainty.DAY:
        raise problems.DateUnreadable(text=shown(text))
    return found


def birth(text: str) -> tuple[date, Certainty]:
    """A birth date and how much of it is known. Raises DateUnreadable.

    >>> birth("1990年5月")[1].value, birth("1990-05")[0].isoformat(), birth("1990")[1].value
    ('month', '1990-05-01', 'year')
    """
    said = unicodedata.normalize("NFKC", text).strip()
    for form, certainty in ((_DAY, Certainty.DAY), (_RUN, Certainty.DAY), (_MONTH, Certainty.MONTH)):
        if parts := form.fullmatch(said):
            return _date(text, *map(int, parts.groups())), certainty
    if (year := _YEAR.fullmatch(said)) and 1880 <= int(year[1]) <= 2100:
        return _date(text, int(year[1])), Certainty.YEAR
    if _SERIAL.fullmatch(said) and _FIRST_SERIAL <= int(said) <= _LAST_SERIAL:
        # days since 1900 as a spreadsheet counts them, where the cell was not formatted as a date
        return _EXCEL_DAY_0 + timedelta(days=int(said)), Certainty.DAY
    raise problems.DateUnreadable(text=shown(text))


def number(text: str) -> str:
    """A long number as typed. Raises NumberLostPlaces for one that a spreadsheet has rounded."""
    if _ROUNDED.fullmatch(text.replace(" ", "")):
        raise problems.NumberLostPlaces()
    return text


def document(text: str) -> IdentityKind:
    """A kind of document. Raises DocumentUnreadable.

    >>> document("身份证").value, document("Passport").value
    ('resident_id', 'passport')
    """
    found = words().documents.get(plain(text))
    if found is None:
        raise problems.DocumentUnreadable(text=shown(text))
    return found


def relation(text: str) -> Relation:
    """What somebody is to the head of his household; whatever is not known here is "other".

    >>> relation("户主").value, relation("长女").value, relation("neighbour").value
    ('head', 'child', 'other')
    """
    return words().relations.get(plain(text), Relation.OTHER)


def shown(text: str) -> str:
    """So much of a cell as a problem repeats."""
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"


def _date(text: str, year: int, month: int = 1, day_: int = 1) -> date:
    try:
        return date(year, month, day_)
    except ValueError as error:
        raise problems.DateUnreadable(text=shown(text)) from error


@dataclass(frozen=True, slots=True)
class Residences:
    """The areas a list may name, by code and by every name: official, short in three languages, with the township."""

    by_name: dict[str, frozenset[str]]
    names: dict[str, str]

    @classmethod
    def of(cls, areas: Iterable[AreaRow], language: str) -> "Residences":
        """Of these areas; `language` is the one in which an ambiguous name is explained."""
        rows = {area.code: area for area in areas}
        by_name: dict[str, set[str]] = defaultdict(set)
        names = {}
        for code, area in rows.items():
            above = rows.get(area.parent)
            mine = _names(area)
            for name in {code, *mine, *(up + own for up in _names(above) for own in mine)}:
                by_name[plain(name)].add(code)
            own = area.name.in_language(language)
            names[code] = f"{above.name.in_language(language)} · {own}" if above else own
        return cls({name: frozenset(codes) for name, codes in by_name.items()}, names)

    def code(self, text: str) -> str:
        """The code of the area meant. Raises AreaUnreadable, AreaAmbiguous."""
        found = self.by_name.get(plain(text), frozenset())
        if not found:
            raise problems.AreaUnreadable(text=shown(text))
        if len(found) > 1:
            raise problems.AreaAmbiguous(
                text=shown(text), several=", ".join(sorted(self.names[each] for each in found))
            )
        return next(iter(found))


def _names(area: AreaRow | None) -> set[str]:
    return {area.official, area.name.en, area.name.zh_hant, area.name.zh_hans} - {""} if area else set()
