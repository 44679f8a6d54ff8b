"""A form is taken once, whatever the link does to it."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory

from jiahe.journal import queries
from jiahe.journal.models import Sent
from jiahe.journal.once import OnceMiddleware, not_once
from jiahe.journal.problems import KeyMissing, KeyReused, NotPermitted
from jiahe.journal.wiring import connect
from jiahe.ui.problems import StorageRefuses
from jiahe.ui.respond import redirect
from tests.lib.authors import Anyone, minutes
from tests.lib.houses import build
from tests.rooms.journal.test_recording import lend


def lend_book(request):
    """A view as rooms write them: bad input shows the form again, success leads on."""
    if not request.POST.get("book"):
        return HttpResponse("which book?", status=422)
    lend(by=Anyone(verbs="" if request.POST["book"] != "forbidden" else "none"))
    return redirect(f"/books/{queries.head().size}/")


lend_book.__module__ = "jiahe.tests"


def send(view=lend_book, *, sender=1, path="/lend/", **fields):
    request = RequestFactory().post(path, fields)
    request.user, request.at = SimpleNamespace(pk=sender, is_authenticated=False), minutes(1)
    return OnceMiddleware(lambda request: HttpResponse()).process_view(request, view, (), {})


def refused(response, problem):
    """Whether the answer is the page of that problem."""
    return response.status_code == problem.status and problem.code in response.content.decode()


@pytest.mark.only_sqlcipher
def test_a_full_disk_is_told_and_nothing_is_half_saved(library):
    def lend_until_full(request):
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA page_count")
            cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0] + 4}")
        for n in range(1, 1_000):
            lend(n)

    lend_until_full.__module__ = "jiahe.tests"
    with build(["411723"]) as (house,), house.inside():  # a database of its own: a full disk ends the whole transaction
        connect(library)
        assert refused(send(lend_until_full, _once=str(uuid4())), StorageRefuses)
        assert queries.head().size == 0
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1000000000")
        assert send(_once=str(uuid4()), book="1")["Location"] == "/books/1/"


def test_the_same_form_again_leads_to_the_same_place(library):
    key = str(uuid4())
    first = send(_once=key, book="1")
    again = send(_once=key, book="1")
    assert first["Location"] == again["Location"] == "/books/1/"
    assert again.status_code == 303
    assert queries.head().size == 1


def test_another_key_is_another_form(library):
    send(_once=str(uuid4()), book="1")
    assert send(_once=str(uuid4()), book="1")["Location"] == "/books/2/"


@pytest.mark.parametrize("other", [{"book": "2"}, {"sender": 2}, {"path": "/give/"}])
def test_a_key_is_not_lent_to_other_forms_or_people(library, other):
    key = str(uuid4())
    send(_once=key, book="1")
    assert refused(send(**{"_once": key, "book": "1", **other}), KeyReused)
    assert queries.head().size == 1


def test_a_key_is_not_lent_to_another_file_of_the_same_name(library):
    key, photo = str(uuid4()), "IMG_0001.jpg"
    send(_once=key, book="1", photo=SimpleUploadedFile(photo, b"one"))
    assert send(_once=key, book="1", photo=SimpleUploadedFile(photo, b"one")).status_code == 303
    assert refused(send(_once=key, book="1", photo=SimpleUploadedFile(photo, b"another")), KeyReused)
    assert queries.head().size == 1


@pytest.mark.parametrize("key", ["", "nonsense"])
def test_a_form_without_a_key_is_not_taken(library, key):
    assert refused(send(_once=key, book="1"), KeyMissing)


def test_a_form_shown_again_because_of_a_mistake_may_be_sent_with_the_same_key(library):
    key = str(uuid4())
    assert send(_once=key).status_code == 422
    assert send(_once=key, book="1")["Location"] == "/books/1/"


def test_a_refused_fact_leaves_no_key(library):
    key = str(uuid4())
    assert refused(send(_once=key, book="forbidden"), NotPermitted)
    assert not Sent.objects.exists()


def test_views_that_record_nothing_and_other_peoples_views_need_no_key(library):
    def search(request):
        return HttpResponse("found")

    search.__module__ = "jiahe.tests"
    assert refused(send(search), KeyMissing)
    assert send(not_once(search)) is None
    search.not_once, search.__module__ = False, "allauth.account"
    assert send(search) is None
