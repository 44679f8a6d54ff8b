# SPDX-License-Identifier: AGPL-3.0-or-later
"""The courier's own connection holds what is applied at once, so that nothing of it is written twice."""

import pytest
from django.db import connections
from django.db.backends.signals import connection_created
from django.db.utils import load_backend

from jiahe.node.commands import carry


@pytest.mark.django_db
@pytest.mark.only_sqlcipher
def test_the_connection_of_a_courier_remembers_more_pages():
    like = connections["default"].settings_dict
    connection_created.connect(carry.remember_more)
    try:
        other = load_backend(like["ENGINE"]).DatabaseWrapper({**like, "NAME": ":memory:"}, alias="other")
        with other.cursor() as cursor:
            assert cursor.execute("PRAGMA cache_size").fetchone() == (-carry.CACHE_KIB,)
        other.connection.close()
    finally:
        connection_created.disconnect(carry.remember_more)
