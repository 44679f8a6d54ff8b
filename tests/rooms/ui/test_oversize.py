"""A request larger than its page takes is refused by what it says of its size; nobody reads it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory, override_settings

from jiahe.ui.oversize import MEGABYTE, refuse_oversized, takes
from tests.rooms.ui import urls

pytestmark = pytest.mark.once("sqlcipher")  # asks no database
HERE = "tests.rooms.ui.urls"
KIND = "multipart/form-data; boundary=x"
HTMX = {"HX-Request": "true"}


class Unread(io.BytesIO):
    """Whoever reads it fails."""

    def read(self, *_: object) -> bytes:
        raise AssertionError("read")


@pytest.fixture
def answer():
    """Sends a request that says it is so long, of which nothing may be read; gives the status and the page."""

    def send(path: str, length: int) -> tuple[int, str]:
        said = {"CONTENT_LENGTH": str(length), "wsgi.input": Unread()}
        response = refuse_oversized(lambda request: urls.HttpResponse("passed"))(
            RequestFactory(headers=HTMX).generic("POST", path, b"", KIND, **said)
        )
        return response.status_code, response.content.decode()

    with override_settings(ROOT_URLCONF=HERE, UI_FRAME=f"{HERE}.frame"):
        yield send


@pytest.mark.parametrize("path", ["/book/", "/nowhere/"])
def test_a_page_that_says_nothing_takes_what_forms_need(answer, path):
    assert answer(path, 3 * MEGABYTE) == (200, "passed")
    status, page = answer(path, 2 * 1024 * MEGABYTE)
    assert status == 413
    assert "at most 2 MB" in page
    assert answer(path, 3 * MEGABYTE + 1)[0] == 413


def test_a_page_takes_what_it_says_and_refuses_more_in_its_own_words(answer):
    assert answer("/photograph/", 6 * MEGABYTE) == (200, "passed")
    status, page = answer("/photograph/", 6 * MEGABYTE + 1)
    assert status == urls.Enormous.status
    assert "more than 5 MB" in page


def test_what_a_page_takes_arrives_whole():
    photo = SimpleUploadedFile("a.jpg", bytes(5 * MEGABYTE))
    with override_settings(ROOT_URLCONF=HERE, UI_FRAME=f"{HERE}.frame"):
        request = RequestFactory().post("/photograph/", {"photo": photo})
        assert refuse_oversized(urls.photograph)(request).content == b"%d" % (5 * MEGABYTE)


def test_no_page_takes_more_than_the_node_holds_in_memory():
    with pytest.raises(ValueError, match="more than this node takes"):
        takes(22 * MEGABYTE)
