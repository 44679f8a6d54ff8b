"""The pages: bring, name the columns, check, take over, report, correct, undo; and take a list out."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jiahe.exchange.models import Import
from jiahe.exchange.reading import limits
from jiahe.exchange.writing import comma_separated
from jiahe.journal.models import Entry
from jiahe.journal.queries import head
from jiahe.registry.models import Person
from jiahe.staff.budget import spend
from tests.rooms.exchange.lists import HEADINGS, listed, number
from tests.rooms.staff.small_office import COUNTY, NORTH, NORTH_VILLAGE, Office, send

ROWS = [
    ["王明", "男", "1990-01-02", number("1990-01-02", 11)],
    ["李花", "?", "1962-03-04"],
    ["张三", "男", "1970-01-01"],
]


def bring(client: Client, content: bytes, name: str = "北村.csv") -> str:
    """The file sent; where it led."""
    return str(send(client, reverse("exchange:imports"), file=SimpleUploadedFile(name, content))["Location"])


def to_report(client: Client, content: bytes) -> str:
    """Brought, columns as guessed, checked; the address of the report."""
    columns = bring(client, content)
    page = client.get(columns)
    chosen = {field.name: field.value() or "" for field in page.context["form"]}
    address = str(send(client, columns, **{**chosen, "since": "2020-01-01"})["Location"])
    while Import.objects.latest("at").step == "checking":
        send(client, f"{address}check/")
    return address


def test_from_a_file_with_errors_to_the_register_and_back(office: Office) -> None:
    worker = office.inside("worker")
    address = to_report(worker, listed(*ROWS))
    page = worker.get(address)
    assert "is no sex that is known here" in page.content.decode()
    report = list(csv.reader(io.StringIO(worker.get(f"{address}report.csv").content.decode("utf-8-sig"))))
    assert report[0] == [*HEADINGS, "Verdict of Jiahe"]
    assert [row[-1].split(":")[0] for row in report[1:]] == ["accepted", "refused", "accepted"]
    sheet = openpyxl.load_workbook(io.BytesIO(worker.get(f"{address}report.xlsx").content)).active
    assert [cell.value or "" for cell in sheet[3]] == [*report[2]]
    assert send(worker, f"{address}take/").status_code == 303
    assert set(Person.objects.values_list("full", flat=True)) == {"王明", "张三"}
    report[2][1] = "女"
    again = to_report(worker, comma_separated(report[0], report[1:]))
    assert worker.get(again).context["progress"].known == 2
    send(worker, f"{again}take/")
    assert Person.objects.count() == 3
    assert send(worker, f"{again}undo/", reason="").status_code == 422
    assert send(worker, f"{again}undo/", reason="北村以外").status_code == 303
    assert Person.objects.count() == 2


def test_a_script_gets_only_the_part_that_changes(office: Office) -> None:
    worker = office.inside("worker")
    columns = bring(worker, listed(*ROWS))
    address = str(send(worker, columns, column_0="name", column_1="sex", column_2="birth_on")["Location"])
    answer = worker.post(f"{address}check/", {}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert b"<html" not in answer.content


def test_a_file_too_large_is_refused_by_its_size_before_it_is_read(office: Office) -> None:
    class Unread(io.BytesIO):
        """Whoever reads it fails."""

        def read(self, *_: object) -> bytes:
            raise AssertionError("read")

    worker = office.inside("worker")
    said = {"CONTENT_LENGTH": str(1024 * limits.MEGABYTE), "wsgi.input": Unread()}
    kind = "multipart/form-data; boundary=x"
    answer = worker.generic("POST", reverse("exchange:imports"), b"", kind, **said)
    assert answer.status_code == 413
    assert "The file is larger than 20 MB." in answer.content.decode()


def test_a_hostile_file_is_told_on_the_form(office: Office) -> None:
    worker = office.inside("worker")
    answer = send(worker, reverse("exchange:imports"), file=SimpleUploadedFile("a.csv", b"\x89PNG\r\n\x1a\n\0\0"))
    assert answer.status_code == 422
    assert "This file is not a spreadsheet: it is a picture." in answer.content.decode()


def test_what_others_brought_is_seen_in_numbers_only(office: Office) -> None:
    address = to_report(office.inside("clerk"), listed(*ROWS))
    Import.objects.update(area=NORTH_VILLAGE)
    page = office.inside("worker").get(address)
    assert page.status_code == 200
    assert "王明" not in page.content.decode()
    assert office.inside("worker").get(f"{address}report.csv").status_code == 404
    assert office.inside("neighbour").get(address).status_code == 404


def test_a_roster_is_recorded_and_masked(office: Office) -> None:
    clerk, worker = office.inside("clerk"), office.inside("worker")
    send(worker, f"{to_report(worker, listed(*ROWS))}take/")
    columns = ["name", "number", "phone"]
    for client, area in ((clerk, NORTH), (worker, NORTH_VILLAGE)):
        answer = send(client, reverse("exchange:roster"), area=area, columns=columns, form="csv")
        assert answer.status_code == 200
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        shown = {row[0]: row[1] for row in rows[1:]}
        assert set(shown) == {"王明", "张三"}
        assert ("*" in shown["王明"]) == (client is worker)
    last = Entry.objects.order_by("-seq").first()
    assert last is not None
    assert last.kind == "exchange.RosterExported@1"
    assert "王明" not in str(bytes(last.content or b""), "utf-8")


def test_a_roster_reaches_no_further_than_the_post(office: Office) -> None:
    before = head().size
    for area in (COUNTY, "411723102", "", "41"):
        answer = send(office.inside("clerk"), reverse("exchange:roster"), area=area, columns=["name"], form="csv")
        assert answer.status_code == 422
    assert head().size == before


def test_a_roster_is_refused_when_the_days_rows_are_spent(office: Office) -> None:
    clerk, acting = office.inside("clerk"), office.acting("clerk")
    send(office.inside("worker"), f"{to_report(office.inside('worker'), listed(*ROWS))}take/")
    assert acting.daily is not None
    spend(acting, at=datetime.now(UTC), exported=acting.daily.exported - 1)
    before = head().size
    answer = send(clerk, reverse("exchange:roster"), area=NORTH, columns=["name"], form="csv")
    assert answer.status_code == 422
    assert "rows of people" in answer.content.decode()
    assert head().size == before


def test_a_likely_double_waits_until_somebody_says_that_it_is_somebody_else(office: Office) -> None:
    worker = office.inside("worker")
    send(worker, f"{to_report(worker, listed(['王小雨', '女', '2010-12-12', '', '13800000001']))}take/")
    address = to_report(worker, listed(["王小雨", "女", "2010-12-12", "", "13800000002"]))
    said = worker.get(address).content.decode()
    assert "99 %" in said
    assert "Take over" not in said
    assert send(worker, f"{address}take/", among="2", row="2", keep="1").status_code == 303
    assert "1 person can be taken over" in worker.get(address).content.decode()
    send(worker, f"{address}take/")
    assert Person.objects.filter(full="王小雨").count() == 2
