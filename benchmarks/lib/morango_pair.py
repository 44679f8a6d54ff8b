# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two nodes of Morango (Kolibri's synchronisation), for `bench sync`. Another Python runs this, one that has `morango`.

Both keep SQLite files in the folder they are started in. They share one root certificate, so nothing has to be signed
for; the first pushes its backlog to the second by HTTP. Morango's own tests and its documentation are the source of the
order of steps: https://morango.readthedocs.io.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any, cast
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from django.apps import AppConfig, apps
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection, models

if TYPE_CHECKING:
    from collections.abc import Iterator

PROFILE, SCOPE = "people", "county"
HERE, THERE = "one", "other"
SERVE = f"import {__name__} as pair; pair.serve()"


class People(AppConfig):
    """An application with one table; Morango reads its tables before applications are ready."""

    name, label = __name__, "people"

    def import_models(self) -> None:
        """Declare the person, with the fields of a document in PouchDB's measurement."""
        super().import_models()
        from morango.models.core import SyncableModel

        class Person(SyncableModel):
            """What is synchronised."""

            morango_profile, morango_model_name = PROFILE, "person"
            name = models.CharField(max_length=200)
            area = models.CharField(max_length=12)
            born = models.DateField()
            county = models.CharField(max_length=32)

            class Meta:
                app_label = "people"

            def calculate_source_id(self) -> None:
                """Nothing: an id at random."""

            def calculate_partition(self) -> str:
                return f"{self.county}:person"


class Silent(WSGIRequestHandler):
    """Writes no log: the terminal is not measured."""

    def log_message(self, *_: object) -> None:
        """Write nothing."""


def start(database: str) -> None:
    """Django with Morango over this file, as a node with an identity of its own."""
    os.environ["MORANGO_SYSTEM_ID"] = database
    settings.configure(
        SECRET_KEY=secrets.token_hex(),
        ALLOWED_HOSTS=["127.0.0.1"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": database}},
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "morango", f"{__name__}.People"],
        ROOT_URLCONF="morango.urls",
        USE_TZ=True,
    )
    django.setup()


def serve() -> None:
    """Be the node that is pushed to; the port is said first."""
    start(THERE)
    with make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Silent) as server:
        print(server.server_port, flush=True)
        server.serve_forever()


def push(count: int) -> None:
    """Print how many records a second go there, from the session's opening until they are rows of the table there."""
    start(HERE)
    from morango.models.certificates import Certificate, Filter, ScopeDefinition
    from morango.sync.controller import MorangoProfileController

    person = cast("Any", apps.get_model("people", "Person"))
    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(person)
    scope = {"read_filter_template": "", "write_filter_template": "", "read_write_filter_template": "${county}"}
    ScopeDefinition.objects.create(id=SCOPE, profile=PROFILE, version=1, primary_scope_param_key="county", **scope)
    county = Certificate.generate_root_certificate(SCOPE)
    connection.close()
    shutil.copy(HERE, THERE)

    def people() -> Iterator[Any]:
        for _ in range(count):
            one = person(name="x" * 200, area="411723101200", born="1990-05-17", county=county.id)
            one.id = one.calculate_uuid()
            yield one

    person.objects.bulk_create(people(), batch_size=1000)
    controller = MorangoProfileController(PROFILE)
    controller.serialize_into_store(Filter(county.id))
    with subprocess.Popen([sys.executable, "-c", SERVE], stdout=subprocess.PIPE, text=True) as server:
        try:
            port = server.stdout.readline().strip() if server.stdout else ""
            line = controller.create_network_connection(f"http://127.0.0.1:{port}/")
            began = time.perf_counter()
            client = line.create_sync_session(county, county).get_push_client()
            client.initialize(Filter(county.id))
            client.run()
            client.finalize()
            took = time.perf_counter() - began
        finally:
            server.terminate()
    connection.close()
    connection.settings_dict["NAME"] = THERE
    assert person.objects.count() == count
    print(count / took)
