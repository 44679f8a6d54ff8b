"""`./jiahe up`: migrate, load the demo county if the home is new, serve."""

import argparse
import socket
import sys
import time
from pathlib import Path

summary = "serve this node; a new home gets the demo county first (the word to begin with)"
needs_django = False


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--people", type=int, default=20_000, help="size of a new demo county (default: 20,000)")
    parser.add_argument("--no-serve", action="store_true", help="make everything ready, then stop")


def run(args: argparse.Namespace) -> int:
    """Make ready and serve until stopped. Refuses an unsafe database with exit code 1."""
    import os

    began = time.monotonic()
    if not args.no_serve and (trouble := unavailable(args.host, args.port)):
        print(f"Nothing can be served on {args.host}:{args.port}: {trouble}", file=sys.stderr)
        print(f"Stop what runs there, or choose another port: ./jiahe up --port {args.port + 1}", file=sys.stderr)
        return 1
    home = Path(os.environ.get("JIAHE_HOME", "var")).resolve()
    fresh = not (home / "node.toml").exists()
    if fresh:
        from jiahe.node.home import found

        found(home, area="411723", demo=True)

    import django

    django.setup()
    from django.conf import settings

    from jiahe.journal import applying, blobs, wiring
    from jiahe.node import static
    from jiahe.node.bulk import bulk
    from jiahe.node.home import dangers
    from jiahe.node.progress import bar
    from jiahe.node.upgrading import retell_cases, upgrade
    from jiahe.ui import translations

    def say(text: str) -> None:
        print(f"{time.monotonic() - began:6.1f} s  {text}", flush=True)

    translations.compile()
    if unsafe := list(dangers()):
        print("This database is not safe to keep a county's record on:", *unsafe, sep="\n  ", file=sys.stderr)
        return 1
    upgrade(home, say=say, progress=bar("entries"))
    static.collect()
    applying.unpark(wiring.current())
    retell_cases(home, say=say)
    if left := blobs.sweep():
        say(f"{left} attachments that no entry names are deleted.")
    if settings.JIAHE.demo and settings.JIAHE.level == "county":
        from jiahe.node.clock import now
        from jiahe.node.demo.recording import load
        from jiahe.staff.session import civil_day

        with bulk():
            load(people=args.people, until=civil_day(now()), progress=say)
    if args.no_serve:
        say("Ready.")
        return 0
    say(f"Jiahe 家和 is ready: http://{args.host}:{args.port}   (Ctrl-C stops it)")

    from uvicorn import Config

    from jiahe.node import carriage
    from jiahe.node.live import Server

    with carriage.process():
        Server(
            Config(
                "jiahe.node.asgi:application",
                host=args.host,
                port=args.port,
                log_level="warning",
                access_log=False,
                timeout_graceful_shutdown=3,
            )
        ).run()
    return 0


def unavailable(host: str, port: int) -> str | None:
    """Why nobody can listen there, or None: better told now than when the county is loaded."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error.strerror
    return None
