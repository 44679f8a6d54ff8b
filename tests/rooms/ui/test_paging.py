"""Keyset paging on a real table: every row once, in order, both ways, and an address that tells nothing."""

import itertools

import pytest
from django.contrib.contenttypes.models import ContentType

from jiahe.ui.paging import keyset
from jiahe.ui.problems import CursorUnreadable

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rows():
    """Twenty-three rows with few labels, so that the second key matters."""
    ContentType.objects.all().delete()
    ContentType.objects.bulk_create(ContentType(app_label=f"label{n % 3}", model=f"王{n:02d}") for n in range(23))


@pytest.mark.parametrize("by", [("id",), ("app_label", "model"), ("-app_label", "model"), ("app_label", "-id")])
def test_every_row_comes_once_in_order_and_back_again(request_to, by):
    wanted = list(ContentType.objects.order_by(*by))
    seen, pages, cursor = [], [], ""
    while cursor is not None:
        page = keyset(ContentType.objects.all(), request_to(f"/?page={cursor}"), by=by, size=5)
        seen += page.rows
        pages.append(page)
        cursor = page.next
    assert seen == wanted
    assert pages[0].previous is None
    for earlier, later in itertools.pairwise(pages):
        back = keyset(ContentType.objects.all(), request_to(f"/?page={later.previous}"), by=by, size=5)
        assert back.rows == earlier.rows
        assert (back.previous is None) == (earlier is pages[0])


def test_the_cursor_tells_nothing_and_survives_the_row_it_was_made_from(request_to):
    first = keyset(ContentType.objects.values("id", "model"), request_to(), by=("model", "id"), size=5)
    assert "王" not in first.next
    ContentType.objects.filter(model="王04").delete()
    after = keyset(
        ContentType.objects.values("id", "model"), request_to(f"/?page={first.next}"), by=("model", "id"), size=5
    )
    assert after.rows[0]["model"] == "王05"


@pytest.mark.parametrize("cursor", ["x", "AAAA", "王", "A" * 200])
def test_a_damaged_cursor_is_a_problem(request_to, cursor):
    with pytest.raises(CursorUnreadable):
        keyset(ContentType.objects.all(), request_to(f"/?page={cursor}"))


def test_a_page_costs_one_query(request_to, django_assert_num_queries):
    with django_assert_num_queries(1):
        keyset(ContentType.objects.all(), request_to(), size=5)
