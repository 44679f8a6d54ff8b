"""Whoever may see somebody finds him by each of his keys, and nobody else does by any text at all (P-06, S-02).

The oracle knows nothing of indexes: it looks at the people who were entered, one by one. On both databases.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiahe.basis.privacy import Privacy

pytestmark = pytest.mark.django_db
AREAS = ("411723101200", "411723101201", "411723103201", "411723103202")
SCOPES = ("411723", "411723101", "411723103", *AREAS)
FIELDS = {
    "numbers": (Privacy.PERSONAL, Privacy.CONTACT, Privacy.IDENTITY),
    "phones": (Privacy.PERSONAL, Privacy.CONTACT),
    "names": (Privacy.PERSONAL,),
    "nothing": (Privacy.OPEN,),
}
surnames = st.sampled_from("王 李 張 欧阳 歐陽 單 尉迟 吕 髙".split())
givens = st.text("明小峯峰昇升芸蕓丽麗軍军", min_size=1, max_size=2)
latin = st.sampled_from(["Maria Silva", "José da Silva", "阿依古丽·买买提"])
names = st.one_of(st.tuples(surnames, givens).map("".join), latin)
people = st.lists(
    st.tuples(
        names,
        st.integers(0, 20_000).map(lambda day: date(1950, 1, 1) + timedelta(day)),
        st.sampled_from(AREAS),
        st.integers(1, 998),
        st.integers(0, 9_999_999),
    ),
    min_size=1,
    max_size=3,
    unique_by=(lambda one: one[3], lambda one: one[4]),
)


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(people=people, area=st.sampled_from(SCOPES), fields=st.sampled_from(sorted(FIELDS)))
def test_found_by_who_may_see_and_by_nobody_else(people, area, fields) -> None:
    from django.db import transaction

    from jiahe.registry.models import Person
    from jiahe.registry.queries import search
    from tests.rooms.registry.small_county import found_county, scope_of

    with transaction.atomic():
        found_county()
        for person in people:
            _enter(*person)
        scope = scope_of(area, *FIELDS[fields])
        for row in Person.objects.all():
            for text, needs in _keys(row):
                found = {each.person.id for each in search(scope, text, limit=100)}
                may = scope.covers(row.home) and needs <= set(FIELDS[fields])
                if may:
                    assert row.id in found, (text, area, fields)
                assert all(scope.covers(each.home) for each in Person.objects.filter(id__in=found))
                if needs and not may:
                    assert row.id not in found, (text, area, fields)
                if not scope.covers(row.home):
                    assert row.id not in found
        transaction.set_rollback(True)


def _enter(name, born, area, serial, phone) -> None:
    from stdnum.cn import ric

    from jiahe.registry import actions
    from jiahe.registry.actions import Document
    from jiahe.registry.facts import IdentityKind, Sex
    from tests.rooms.registry.small_county import AT, CLERK

    first_17 = f"411723{born:%Y%m%d}{serial:03d}"
    actions.register_person(
        name=name,
        sex=Sex.MALE if serial % 2 else Sex.FEMALE,
        birth_on=born,
        area=area,
        since=born,
        document=Document(IdentityKind.RESIDENT_ID, first_17 + ric.calc_check_digit(first_17 + "0")),
        phone=f"1390{phone:07d}",
        by=CLERK,
        at=AT,
    )


def _keys(row):
    """Every text by which this person must be found, with the fields one must see for it."""
    from opencc import OpenCC

    personal, contact, identity = {Privacy.PERSONAL}, {Privacy.CONTACT}, {Privacy.IDENTITY}
    yield row.full, set()
    yield " ".join(row.full), set()
    yield row.full.replace("·", ""), set()
    yield OpenCC("s2t").convert(row.full), set()
    yield OpenCC("t2s").convert(row.full), set()
    yield row.pinyin, set()
    yield row.pinyin.upper(), set()
    if len(row.initials) > 1:
        yield row.initials, set()
    yield row.initials[:1].upper(), set()
    if row.surname:
        yield row.surname, set()
        yield row.full.removeprefix(row.surname), set()
        yield f"{row.surname} {row.birth_on:%Y}", personal
        yield f"{row.surname}{row.birth_on:%Y%m%d}", personal
        yield f"{row.surname} {row.phone[-4:]}", contact
        yield f"{row.surname} {row.identity_number[-4:]}", identity
        yield f"{row.surname} {row.home}", set()
    yield row.identity_number, set()
    yield row.identity_number[-4:], identity
    for length in (6, 10, 14):
        yield row.identity_number[:length], identity
    yield row.phone, set()
    yield f"+86 {row.phone}", set()
    yield row.phone[-4:], contact
    yield f"{row.birth_on:%Y%m%d}", personal
    yield row.birth_on.isoformat(), personal
