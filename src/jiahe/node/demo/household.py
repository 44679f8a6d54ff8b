"""How the people of a village live together: who is married to whom, whose child is whose, who lodges with whom.

Works on lists of plain numbers; a person is a position in them, and -1 is nobody. Ages and sexes come first (they are
what is known of the county), families are then made to fit them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from jiahe.node.demo.parameters import AGES, Lodging, Structure
from jiahe.node.demo.sampling import evenly
from jiahe.registry.facts import Relation

NOBODY = -1
_HUSBAND_OLDER, _GAP, _YOUNGER = 2.0, 8.0, 2
_MOTHER_AT_BIRTH = (26.5, 4.8)
_YOUNGEST_MOTHER, _OLDEST_MOTHER = 18, 47
_SPACING = 2
"""Years between two children of one mother who are not twins."""
_ADULT, _SETTLED, _ELDER = 18, 30, 56


@dataclass(slots=True)
class Families:
    """The people of one village by position: age, sex, ties and lodging. Filled by `settle`, then only read."""

    age: list[int]
    man: list[bool]
    spouse: list[int] = field(default_factory=list)
    away: set[int] = field(default_factory=set)
    """Married women whose husband lives elsewhere."""
    mother: list[int] = field(default_factory=list)
    father: list[int] = field(default_factory=list)
    home: list[int] = field(default_factory=list)
    """Whose household somebody belongs to: the position of its head."""
    relation: list[Relation] = field(default_factory=list)
    """What somebody is to that head."""
    twin: dict[int, int] = field(default_factory=dict)
    """The second born of twins -> the first."""


def settle(rng: Random, n: int, structure: Structure, lodging: Lodging) -> Families:
    """`n` people of the county's age and sex, married, with children and lodged."""
    cells = evenly(rng, structure.cumulative, n) if n else []
    families = Families(age=[cell >> 1 for cell in cells], man=[bool(cell & 1) for cell in cells])
    families.spouse, families.mother, families.father = [NOBODY] * n, [NOBODY] * n, [NOBODY] * n
    families.home, families.relation = list(range(n)), [Relation.HEAD] * n
    _marry(rng, families, structure)
    _beget(rng, families, lodging)
    _join_elders(rng, families, lodging)
    return families


def _marry(rng: Random, families: Families, structure: Structure) -> None:
    women, men = [], []
    for i, (age, man) in enumerate(zip(families.age, families.man, strict=True)):
        if age < _ADULT:
            continue
        if man:
            if rng.random() < structure.partnered_men[age]:
                men.append((age - _HUSBAND_OLDER + rng.gauss(0, 1.5), i))
        elif rng.random() < structure.partnered_women[age]:
            women.append((age + rng.random(), i))
    men.sort()
    women.sort()
    m = w = 0
    while w < len(women):
        gap = men[m][0] - women[w][0] if m < len(men) else _GAP + 1
        if gap < -_GAP or (gap < 0 and families.age[men[m][1]] < families.age[women[w][1]] - _YOUNGER):
            m += 1
            continue
        wife = women[w][1]
        w += 1
        if gap > _GAP:
            families.away.add(wife)
            continue
        husband = men[m][1]
        m += 1
        families.spouse[husband], families.spouse[wife] = wife, husband
        families.home[wife], families.relation[wife] = husband, Relation.SPOUSE


def _beget(rng: Random, families: Families, lodging: Lodging) -> None:
    age, man, spouse = families.age, families.man, families.spouse
    mothers: list[list[int]] = [[] for _ in range(AGES + 1)]
    for i, years in enumerate(age):
        if not man[i] and (spouse[i] != NOBODY or i in families.away) and years >= _YOUNGEST_MOTHER:
            mothers[years].append(i)
    children, eldest, last = [0] * len(age), [-_SPACING] * len(age), NOBODY
    for i, years in enumerate(age):
        if years >= _ADULT:
            if spouse[i] != NOBODY or i in families.away or years >= 60:
                continue
            settled = years >= _SETTLED
            if rng.random() > (lodging.single_adult_with_parents if settled else lodging.young_adult_with_parents):
                continue
        if last != NOBODY and years - age[last] <= _SPACING and rng.random() < lodging.twins:
            mother, age[i], families.twin[i] = families.mother[last], age[last], last
        else:
            mother = _mother(rng, years, mothers, children, eldest)
        if mother != NOBODY:
            children[mother] += 1
            eldest[mother] = age[i]
            last = i
            _lodge_child(families, i, mother)
        elif years < _ADULT:
            _lodge_somewhere(rng, families, i)


def _mother(rng: Random, years: int, mothers: list[list[int]], children: list[int], eldest: list[int]) -> int:
    """A mother for a child of this age; the children come by rising age, `eldest` is the age of her last one."""
    wanted = min(max(round(rng.gauss(*_MOTHER_AT_BIRTH)), _YOUNGEST_MOTHER + 1), _OLDEST_MOTHER - 2)
    for room in (3, 5):
        for step in range(2 * (_OLDEST_MOTHER - _YOUNGEST_MOTHER)):
            at_birth = wanted + ((step + 1) // 2) * (1 if step % 2 else -1)
            if not _YOUNGEST_MOTHER <= at_birth <= _OLDEST_MOTHER or years + at_birth >= AGES:
                continue
            bucket = mothers[years + at_birth]
            if not bucket:
                continue
            start = int(rng.random() * len(bucket))
            for k in range(min(len(bucket), 4)):
                mother = bucket[(start + k) % len(bucket)]
                if children[mother] < room and years - eldest[mother] >= _SPACING:
                    return mother
    return NOBODY


def _lodge_child(families: Families, child: int, mother: int) -> None:
    families.mother[child], families.father[child] = mother, families.spouse[mother]
    families.home[child], families.relation[child] = families.home[mother], Relation.CHILD


def _lodge_somewhere(rng: Random, families: Families, child: int) -> None:
    """A child without a mother in the village lives with an adult, best with one of a grandparent's age."""
    n = len(families.age)
    start = int(rng.random() * n)
    for youngest in (_ELDER, _ADULT):
        for k in range(n):
            i = (start + k) % n
            if families.age[i] >= youngest and families.home[i] == i:
                families.home[child] = i
                families.relation[child] = Relation.GRANDCHILD if youngest == _ELDER else Relation.OTHER
                return


def _join_elders(rng: Random, families: Families, lodging: Lodging) -> None:
    """Some elderly couples and widowed live with a married child; that child is the head of the household."""
    age, man, spouse, home = families.age, families.man, families.spouse, families.home
    dependants = {Relation.CHILD, Relation.GRANDCHILD, Relation.OTHER}
    with_dependants = {head for head, each in zip(home, families.relation, strict=True) if each in dependants}
    younger: list[list[int]] = [[] for _ in range(AGES + 1)]
    for i, years in enumerate(age):
        if man[i] and spouse[i] != NOBODY and 22 <= years < _ELDER:
            younger[years].append(i)
    for i, years in enumerate(age):
        if years < _ELDER or home[i] != i or i in with_dependants:
            continue
        if rng.random() > lodging.elders_with_married_child * (1.0 if spouse[i] != NOBODY else 1.5):
            continue
        wife = spouse[i]
        head = _grown_son(rng, min(years, age[wife]) if wife != NOBODY else years, younger)
        if head == NOBODY:
            continue
        relation = Relation.PARENT_IN_LAW
        if families.mother[head] == families.father[head] == NOBODY:
            relation = Relation.PARENT
            families.father[head], families.mother[head] = (i, wife) if man[i] else (wife, i)
        for elder in (i, wife):
            if elder != NOBODY:
                home[elder], families.relation[elder] = head, relation


def _grown_son(rng: Random, years: int, younger: list[list[int]]) -> int:
    for gap in rng.sample(range(20, 40), 20):
        bucket = younger[years - gap] if years - gap >= 0 else []
        if bucket:
            return bucket.pop(int(rng.random() * len(bucket)))
    return NOBODY
