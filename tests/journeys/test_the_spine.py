# SPDX-License-Identifier: AGPL-3.0-or-later
"""One fact travels all the way: from a page in a village to a number on a screen in the county office, and stays."""

from __future__ import annotations

import http.client
import re
import threading
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Error, Route, expect

from tests.journeys.officer import VILLAGE, Enter, Officer, today
from tests.lib.served import Served

NAMES_KEPT = """
from jiahe.registry.models import Person
print(*Person.objects.values_list("full", flat=True), sep="\\n")
"""


@pytest.mark.smoke
def test_a_birth_in_a_village_is_on_the_open_board_of_the_county(enter: Enter) -> None:
    # Given the county manager, who has the board open
    manager = enter("county").goes_to("/board/")
    expect(manager.page.locator("[data-live=on]")).to_be_visible()
    births, residents = (int(manager.figure(name).inner_text().replace(",", "")) for name in ("births", "residents"))
    manager.page.evaluate("window.neverReloaded = true")
    # when a village worker, elsewhere, signs in and registers a birth
    worker = enter().signs_in("village")
    worker.registers_birth("钟离晨曦")
    expect(worker.page.get_by_role("status").filter(has_text="The birth is registered.")).to_be_visible()
    # then the number on the manager's screen changes by itself
    expect(manager.figure("births")).to_have_text(f"{births + 1:,}")
    expect(manager.figure("residents")).to_have_text(f"{residents + 1:,}")
    assert manager.page.evaluate("window.neverReloaded")


@pytest.mark.smoke
def test_nothing_that_was_acknowledged_is_missing_after_a_kill(enter: Enter, node: Served) -> None:
    # Given a worker who has registered a birth, a neighbour who registers one after the other,
    worker = enter("village").registers_birth("拓跋初雪")
    neighbour = Neighbour(worker)
    # and a birth the worker sends at the very moment at which the machine dies: it was taken, but nobody told him
    worker.goes_to("/people/birth/").writes(name="拓跋惊雷", sex="male", on=today().isoformat())

    def dies(route: Route) -> None:
        if route.request.method == "GET":
            route.continue_()
            return
        route.fetch(max_redirects=0)
        neighbour.wait_for(5)
        node.kill()
        route.abort("connectionreset")

    worker.page.route("**/people/birth/", dies)
    with pytest.raises(Error, match="ERR_CONNECTION_RESET"), worker.page.expect_navigation():
        worker.sends()
    neighbour.stops()
    # when the node is started again, and the worker's browser sends the form once more
    node.start()
    worker.page.unroute("**/people/birth/")
    worker.page.reload()
    expect(worker.heading).to_contain_text("拓跋惊雷")
    worker.complaints.clear()  # that the connection broke was to be expected
    # then all that was acknowledged is there, once,
    kept = node.beside(NAMES_KEPT).split("\n")
    assert [kept.count(name) for name in ("拓跋初雪", "拓跋惊雷")] == [1, 1]
    assert len(neighbour.acknowledged) >= 5
    assert [name for name in neighbour.acknowledged if kept.count(name) != 1] == []
    # and the journal, its seals, its tables and its numbers are whole
    checked = node.ask("fsck")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    recounted = node.ask("indicators", "verify")
    assert recounted.returncode == 0, recounted.stdout + recounted.stderr


class Neighbour:
    """Registers people one after the other, as fast as the node takes them, and remembers what was acknowledged."""

    def __init__(self, officer: Officer) -> None:
        self.acknowledged: list[str] = []
        self._host = officer.url.removeprefix("http://")
        self._cookies = "; ".join(f"{one['name']}={one['value']}" for one in officer.context.cookies())
        self._several = threading.Condition()
        self._thread = threading.Thread(target=self._works)
        self._thread.start()

    def wait_for(self, births: int) -> None:
        """Until so many births were acknowledged."""
        with self._several:
            assert self._several.wait_for(lambda: len(self.acknowledged) >= births, timeout=30)

    def stops(self) -> None:
        """It stops by itself when the node is gone."""
        self._thread.join(timeout=30)
        assert not self._thread.is_alive()

    def _works(self) -> None:
        for number in range(100_000):
            name = f"独孤{chr(0x4E00 + number)}"
            try:
                if not self._sends(name):
                    return
            except OSError:
                return
            with self._several:
                self.acknowledged.append(name)
                self._several.notify_all()

    def _sends(self, name: str) -> bool:
        page = self._asks("GET")[1]
        hidden = dict(re.findall(r'type="hidden" name="(csrfmiddlewaretoken|_once)" value="([^"]*)"', page))
        said = {"name": name, "surname": "", "sex": "female", "on": today().isoformat(), "area": VILLAGE}
        return self._asks("POST", urlencode({**hidden, **said, "certificate": "", "mother_text": ""}))[0] == 303

    def _asks(self, method: str, body: str | None = None) -> tuple[int, str]:
        connection = http.client.HTTPConnection(self._host, timeout=30)
        headers = {"Cookie": self._cookies, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request(method, "/people/birth/", body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except http.client.HTTPException as error:
            raise ConnectionError from error
        finally:
            connection.close()
