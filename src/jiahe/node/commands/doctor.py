"""`./jiahe doctor`: whether this machine and this home are fit to run on."""

import argparse
import platform
import shutil

summary = "look whether this machine and this home are fit to run on"
LEAST_FREE = 2 * 1024**3


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose."""


def run(args: argparse.Namespace) -> int:
    """Print each thing looked at; 1 if one is not as it should be."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from jiahe.journal import queries
    from jiahe.node.clock import now
    from jiahe.node.home import dangers, pending

    home = settings.JIAHE.home
    wrong = 0

    def tell(what: str, trouble: str | None) -> None:
        nonlocal wrong
        wrong += trouble is not None
        print(f"  {'BAD ' if trouble else 'good'}  {what}{': ' + trouble if trouble else ''}")

    print(f"Jiahe at {home} on Python {platform.python_version()}, {connection.display_name}")
    free = shutil.disk_usage(home).free
    tell("room on the disk", None if free > LEAST_FREE else f"only {free // 1024**2} MiB are free")
    for key in sorted((home / "keys").glob("*.key")):
        open_to_others = key.stat().st_mode & 0o077
        tell(f"key {key.name}", "others may read it" if open_to_others else None)
    found = list(dangers())
    tell("database settings", "; ".join(found) or None)
    behind = pending()
    tell("tables", f"{behind} migrations to do: ./jiahe up" if behind else None)
    if not behind:
        head = queries.head()
        tell(f"journal of {head.size} entries", None)
        skew = queries.skew_ms(now()) // 60_000
        tell("clock", f"the journal is {skew} minutes ahead of it" if skew > 10 else None)
        waiting = queries.parked()
        tell("entries of unknown kinds", f"{waiting} wait for a newer version" if waiting else None)
    call_command("check", verbosity=0)
    return 1 if wrong else 0
