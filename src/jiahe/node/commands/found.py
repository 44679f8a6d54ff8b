"""`./jiahe found`: a real county begins, instead of the demo: its areas, its first administrator, nothing else."""

import argparse
import os
import sys
from datetime import datetime
from pathlib import Path

summary = "begin a real county in an empty home: its areas and its first administrator (instead of the demo)"
needs_django = False


def arguments(parser: argparse.ArgumentParser) -> None:
    """What has to be said."""
    parser.add_argument("--area", required=True, help="code of the county; its list must stand in content/areas")
    parser.add_argument("--name", required=True, help="name of the first administrator")
    parser.add_argument("--username", required=True, help="what he logs in with")


def run(args: argparse.Namespace) -> int:
    """Found the county and print the administrator's one-time password. 1 if the home is in use or the list missing."""
    from jiahe.node import home

    folder = Path(os.environ.get("JIAHE_HOME", "var")).resolve()
    content = Path(__file__).resolve().parents[4] / "content" / "areas" / f"{args.area}.toml"
    if not content.exists():
        print(f"No list of areas of {args.area} is here. Make it: ./jiahe areas generate {args.area}", file=sys.stderr)
        return 1
    try:
        home.found(folder, area=args.area, demo=False)
    except FileExistsError:
        print(f"{folder} is in use. Name an empty one: JIAHE_HOME=/path ./jiahe found ...", file=sys.stderr)
        return 1

    import django

    django.setup()
    from django.core.management import call_command

    from jiahe.node.clock import now

    call_command("migrate", verbosity=0)
    if dangers := list(home.dangers()):
        (folder / "node.toml").unlink()
        print("This database is not safe to keep a county's record on:", *dangers, sep="\n  ", file=sys.stderr)
        return 1
    _open_map(now())
    password = first_administrator(args.name, args.username, at=now())
    print(f"{args.username} may log in once with {password} and then chooses his own password and second factor.")
    print("Serve with ./jiahe up. Back up the folder of keys now, apart from the data: without it nothing can be read.")
    return 0


def _open_map(at: datetime) -> None:
    from django.conf import settings

    from jiahe.places import actions as places
    from jiahe.places.definitions import read_area_list
    from jiahe.staff.scope import founding

    node = settings.JIAHE
    places.load_areas(
        areas=read_area_list(node.content / "areas", node.area), by=founding("", at), at=at, home=node.area
    )


def first_administrator(name: str, username: str, *, at: datetime) -> str:
    """Somebody who may open accounts for the others; gives the password with which he comes in once."""
    from django.conf import settings

    from jiahe.node.admission import policy
    from jiahe.staff import accounts, actions
    from jiahe.staff.scope import founding
    from jiahe.staff.session import civil_day

    node = settings.JIAHE
    here, today = founding(node.area, at), civil_day(at)
    officer = actions.enrol_officer(name=name, area=node.area, on=today, by=here, at=at)
    role = policy().roles["administrator"]
    post = actions.create_post(role=role, area=node.area, on=today, by=here, at=at)
    actions.assign_post(post=post, officer=officer, on=today, by=here, at=at)
    return accounts.open_account(officer=officer, username=username, by=here, at=at)
