# SPDX-License-Identifier: AGPL-3.0-or-later
"""A village worker brings the list she has, with errors in it; corrects what the report says; takes it back again."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
from playwright.sync_api import Locator, expect

from jiahe.exchange.writing import comma_separated
from tests.journeys.axe import violations
from tests.journeys.neighbours import row, told
from tests.journeys.officer import Enter, Officer

HEADINGS = ["姓名", "性别", "出生日期", "身份证号码", "联系电话"]
LIST = [
    ["尉迟江", "男", "1988-01-02", "", "13800000088"],
    ["尉迟河", "?", "1990年5月6日", "", ""],
    ["尉迟海", "女", "1991-02-30", "", ""],
]


def brings(worker: Officer, content: bytes, name: str) -> None:
    """The file; the columns as they were guessed; until every row is checked."""
    worker.goes_to("/exchange/")
    file = {"name": name, "mimeType": "text/csv", "buffer": content}
    worker.page.locator("main [name=file]").set_input_files(file)  # type: ignore[arg-type]
    worker.sends()
    expect(worker.heading).to_have_text("What do the columns hold?")
    worker.writes(since="2020-01-01")
    worker.sends()
    expect(worker.page.get_by_text("checked, not taken over")).to_be_visible()


def takes_over(worker: Officer) -> None:
    """What was accepted, until all of it is registered."""
    worker.page.get_by_role("button", name="Take over").click()
    expect(worker.page.get_by_text("taken over", exact=True)).to_be_visible()


def report(worker: Officer, label: str) -> Path:
    """The report, downloaded."""
    with worker.page.expect_download() as coming:
        worker.page.get_by_role("link", name=label).click()
    return Path(coming.value.path())


def test_a_list_with_errors_is_brought_corrected_brought_again_and_undone(enter: Enter) -> None:
    # Given a village worker with a list of three, of which two have errors
    worker = enter("village")
    brings(worker, comma_separated(HEADINGS, LIST), "neighbours.csv")
    # then each error is said at its row, nothing is registered, and the page is clean for screen readers
    expect(worker.page.locator("main tbody tr")).to_have_count(2)
    expect(worker.page.locator("main tbody")).to_contain_text("“?” is no sex that is known here.")
    expect(worker.page.locator("main tbody")).to_contain_text("“1991-02-30” is no day of the calendar.")
    assert violations(worker.page) == []
    # when she takes over what is accepted, and corrects the others in the report
    takes_over(worker)
    sheet = openpyxl.load_workbook(io.BytesIO(report(worker, "Report (XLSX)").read_bytes())).active
    rows = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
    assert [row[-1].split(":")[0] for row in rows[1:]] == ["registered", "refused", "refused"]
    rows[2][1], rows[3][2] = "男", "1991-02-28"
    brings(worker, comma_separated(rows[0], rows[1:]), "corrected.csv")
    # then the first is known already, and the other two can be taken over
    expect(worker.page.get_by_role("link", name="registered already 1")).to_be_visible()
    takes_over(worker)
    assert worker.finds("尉迟河").count() == 1
    # and when she takes the second list back, with a reason, its two are gone and the first stays
    worker.goes_to("/exchange/")
    worker.page.get_by_role("link", name="corrected.csv").click()
    worker.page.get_by_role("link", name="Undo the whole import").click()
    worker.writes(reason="They live in the next village.")
    worker.sends()
    expect(worker.page.get_by_role("status").filter(has_text="2 registrations were taken back.")).to_be_visible()
    assert worker.finds("尉迟河").count() == 0
    assert worker.finds("尉迟江").count() == 1
    # and when one of them asks, the manager finds both where they are held still, and erases them as one act
    manager = enter("county").goes_to("/people/taken-back/")
    expect(row(manager, "尉迟河")).to_contain_text("They live in the next village.")
    assert violations(manager.page) == []
    row(manager, "尉迟河").get_by_role("link", name="Erase").click()
    manager.writes(ground="PIPL 47")
    manager.control("together").check()
    manager.control("known").check()
    manager.sends()
    told(manager, "What may be erased is erased.")
    for name in ("尉迟河", "尉迟海"):
        expect(row(manager, name)).to_have_count(0)


def test_a_list_is_brought_without_scripts_and_on_a_phone(enter: Enter) -> None:
    # Given a worker on a phone whose browser runs no scripts
    worker = enter("village", java_script_enabled=False, viewport={"width": 320, "height": 640})
    worker.goes_to("/exchange/")
    content = comma_separated(HEADINGS, [["尉迟湖", "女", "1977-07-07", "", ""]])
    file = {"name": "phone.csv", "mimeType": "text/csv", "buffer": content}
    worker.page.locator("main [name=file]").set_input_files(file)  # type: ignore[arg-type]
    worker.sends()
    worker.page.locator("main [name=since]").fill("2020-01-01")
    worker.sends()
    # when she presses "Go on" until the work is done
    take_over = worker.page.get_by_role("button", name="Take over")
    _goes_on(worker, take_over)
    take_over.click()
    _goes_on(worker, worker.page.get_by_text("taken over", exact=True))
    # then it is done
    expect(worker.page.get_by_text("taken over", exact=True)).to_be_visible()


def _goes_on(worker: Officer, done: Locator) -> None:
    """Press "Go on" as often as it takes until that is there."""
    more = worker.page.get_by_role("button", name="Go on")
    expect(more.or_(done).first).to_be_visible()
    while not done.is_visible():
        more.click()
        expect(more.or_(done).first).to_be_visible()


def test_a_list_that_is_taken_out_computes_nothing(enter: Enter) -> None:
    # Given a worker who takes the list of her village
    worker = enter("village").goes_to("/exchange/roster/")
    worker.page.locator("main [value=csv]").check()
    with worker.page.expect_download() as coming:
        worker.page.get_by_role("button", name="Take the list").click()
    # then it has a row for everybody, and no cell that begins as a formula
    rows = list(csv.reader(io.StringIO(Path(coming.value.path()).read_text("utf-8-sig"))))
    assert rows[0] == ["Full name", "Sex", "Birth date", "Area"]
    assert len(rows) > 3
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
