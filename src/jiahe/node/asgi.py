"""The application a server runs: live events as a stream, everything else as ordinary pages in threads.

The addresses of live events end so.

Threads that live on keep their database connections; opening an encrypted database for each request would cost more
than most requests.
"""

import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, cast

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiahe.node.settings")
THREADS = 8

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_pages: Any = WSGIMiddleware(cast(Any, get_wsgi_application()), workers=THREADS)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request."""
    from jiahe.node import live

    if scope["type"] == "lifespan":
        await live.lifespan(scope, receive, send)
    elif scope["type"] == "http" and scope["path"].endswith("/events"):
        await live.events(scope, receive, send)
    else:
        await _pages(scope, receive, send)
