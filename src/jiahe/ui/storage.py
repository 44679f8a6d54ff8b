"""Static files under hashed names, compressed, and with the style sheet made small (settings.STORAGES)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

from jiahe.ui.styles import trim, words

SOURCES = Path(__file__).parents[1]
SHEET = "ui/app.css"


class SmallStatic(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage; on `collectstatic` the rules no page of ours mentions leave the style sheet."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Always trims the built sheet itself, never the outcome of an earlier time, so that new classes come in."""
        if SHEET in paths and not dry_run:
            storage, path = paths[SHEET]
            with storage.open(path) as built:
                small = trim(built.read().decode(), words([SOURCES]))
            memory = InMemoryStorage()
            memory.save(path, ContentFile(small.encode()))
            paths = {**paths, SHEET: (memory, path)}
        yield from super().post_process(paths, dry_run, **options)
