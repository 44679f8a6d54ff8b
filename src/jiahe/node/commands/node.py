"""`./jiahe node`: begin a node, invite one below, join the one above, revoke, renew, go on after one was put back, and
say how things stand."""

import argparse
import os
import sys
from pathlib import Path
from typing import Any

summary = "city, county, township: init, invite, join, revoke, renew, resume, accept, cluster, administrator, status"
needs_django = False
BEGINNING = {"invite", "join", "cluster", "above", "users", "administrator"}
"""What may be the first that is done in a home: it makes the tables. The others ask a node that has been at work."""
LEVELS = ("city", "county", "township", "clinic")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    steps = parser.add_subparsers(dest="step", required=True)
    init = steps.add_parser("init", help="an empty home becomes the node of an area; nobody is above it yet")
    init.add_argument("--level", choices=LEVELS, required=True)
    init.add_argument("--area", required=True, help="the code of its area")
    invite = steps.add_parser("invite", help="a code with which one node below may join, within a day")
    invite.add_argument("--area", required=True, help="the code of its area")
    invite.add_argument("--level", choices=LEVELS[1:], help="by default the one below this node's")
    for parser_ in (init, invite):
        parser_.add_argument("--listen", help="address and port at which this node's pipe takes those below")
        parser_.add_argument("--reach", help="the same as others call it: name or number, and port")
    join = steps.add_parser("join", help="join the node above with a code of its; makes an empty home ready")
    join.add_argument("code")
    for name, what in (
        ("revoke", "take nothing more of a node, ever"),
        ("renew", "a certificate for three years"),
        ("accept", "witness a node again that was put back to an earlier state for a good reason"),
    ):
        step = steps.add_parser(name, help=what)
        step.add_argument("name", help="the node; ./jiahe node status lists them")
        if name != "renew":
            step.add_argument("--why", required=True, help="in words: stolen, replaced, ended; disk failed, restored")
    resume = steps.add_parser("resume", help="this node was put back from a backup: let it record again")
    resume.add_argument("--why", required=True, help="in words: disk failed, backup of 25 November")
    first = steps.add_parser("administrator", help="the first administrator of a node that has joined")
    first.add_argument("--name", required=True)
    first.add_argument("--username", required=True)
    for name, what in (
        ("cluster", "use a cluster that somebody else runs in place of this node's own pipe"),
        ("above", "call the pipe above at another address, or at several"),
    ):
        step = steps.add_parser(name, help=what)
        step.add_argument("--servers", required=True, help="host:port of each, with commas; codes name the first")
        step.add_argument("--certificate", type=Path, required=name == "cluster", help="PEM; all servers show this one")
        if name == "cluster":
            step.add_argument("--replicas", type=int, choices=(1, 3, 5), default=3, help="so many servers keep all")
    steps.add_parser("users", help="who may come to this node's cluster, as its servers read it")
    steps.add_parser("status", help="every neighbour: last contact, what is on its way, what waits, what is wrong")


def run(args: argparse.Namespace) -> int:
    """Do the step; 0 if it went well."""
    home = Path(os.environ.get("JIAHE_HOME", "var")).resolve()
    if args.step == "init":
        return _init(args, home)
    if args.step == "join" and not (home / "node.toml").exists():
        from jiahe.network.codes import read
        from jiahe.node.home import found

        code = read(args.code)
        found(home, area=code.area, level=code.level, demo=False)
    if not (home / "node.toml").exists():
        print(f"{home} is no node yet. Begin with ./jiahe up, found, node init, or node join CODE.", file=sys.stderr)
        return 1

    import django

    django.setup()
    from django.core.management import call_command

    from jiahe.node.home import behind

    if args.step in BEGINNING:
        call_command("migrate", verbosity=0)
    elif told := behind():
        print(told, file=sys.stderr)
        return 1
    steps: dict[str, Any] = {
        "invite": _invite,
        "join": _join,
        "revoke": _revoke,
        "renew": _renew,
        "accept": _accept,
        "resume": _resume,
        "cluster": _cluster,
        "above": _above,
        "users": _users,
        "administrator": _administrator,
        "status": _status,
    }
    return int(steps[args.step](args, home))


def _init(args: argparse.Namespace, home: Path) -> int:
    from jiahe.node.home import LISTEN, found

    try:
        found(home, area=args.area, level=args.level, demo=False, listen=args.listen or LISTEN, reach=args.reach or "")
    except FileExistsError:
        print(f"{home} is in use. Name an empty one: JIAHE_HOME=/path ./jiahe node init ...", file=sys.stderr)
        return 1
    print(f"{home} is the {args.level} of area {args.area}. Invite those below: ./jiahe node invite --area CODE")
    return 0


def _invite(args: argparse.Namespace, home: Path) -> int:
    from django.conf import settings

    from jiahe.journal.wiring import current
    from jiahe.network import certificates, invitations
    from jiahe.network.facts import Level
    from jiahe.node import cluster
    from jiahe.node.clock import now
    from jiahe.node.home import LISTEN, amend

    node = settings.JIAHE
    listen = args.listen or node.listen or LISTEN
    reach = args.reach or node.reach or listen
    changed = (listen, reach) != (node.listen, node.reach) and not node.cluster
    if changed:
        amend(home, listen=listen, reach=reach)
    at = now()
    if node.cluster:
        reach, certificate = cluster.place(home)
    else:
        certificate, _ = certificates.make(home / "pipe", current().origin, at=at)
    level = Level(args.level or LEVELS[min(LEVELS.index(node.level) + 1, 3)])
    digest = certificates.digest(certificate.read_text("ascii"))
    print(invitations.invite(area=args.area, level=level, place=reach, certificate=digest, at=at))
    print(f"One node may join with this code within a day: ./jiahe node join CODE ({level}, area {args.area}).")
    if changed:
        print(f"This node's pipe listens at {listen} from its next start on: ./jiahe up")
    if node.cluster:
        print("The cluster lets the node in when it has read the new users: ./jiahe node users, then reload it.")
    return 0


def _join(args: argparse.Namespace, home: Path) -> int:
    import asyncio
    import logging

    from django.conf import settings

    from jiahe.network.codes import read
    from jiahe.network.facts import Level
    from jiahe.network.joining import join
    from jiahe.network.models import Link
    from jiahe.network.problems import AlreadyJoined
    from jiahe.node.carriage import CERTIFICATE_ABOVE, link_secret
    from jiahe.node.home import amend

    code = read(args.code)
    if code.area != settings.JIAHE.area:
        print(f"The code is for area {code.area}; this home is of area {settings.JIAHE.area}.", file=sys.stderr)
        return 1
    if above := Link.objects.filter(above=True).first():
        raise AlreadyJoined(name=above.peer)
    logging.getLogger("asyncio").setLevel(logging.ERROR)  # it warns at each end of a TLS connection, of nothing
    pem, link = asyncio.run(join(code, link_secret()))
    (home / "keys" / CERTIFICATE_ABOVE).write_text(pem, "ascii")
    upper = link.peer.partition("-")[0]
    reports = len(upper) <= len("4117") and code.level is Level.COUNTY
    amend(home, level=str(code.level), above=code.place, reports=reports)
    if reports:
        from jiahe.indicators.projections import note_all

        note_all()
    print(f"Joined: the node above is {link.peer}. Serve with ./jiahe up; what concerns this area comes by itself.")
    return 0


def _revoke(args: argparse.Namespace, home: Path) -> int:
    from jiahe.network import admitting
    from jiahe.node.clock import now

    admitting.revoke(name=args.name, reason=args.why, by=_founder(), at=now())
    print(f"{args.name} is revoked. Every other node hears of it at its next contact.")
    return 0


def _renew(args: argparse.Namespace, home: Path) -> int:
    from jiahe.network import admitting, invitations
    from jiahe.node.clock import now

    until = (now() + invitations.HOLDS_FOR).date()
    admitting.renew(name=args.name, until=until, by=_founder(), at=now())
    print(f"{args.name} may speak until {until.isoformat()}.")
    return 0


def _accept(args: argparse.Namespace, home: Path) -> int:
    from jiahe.network import resuming
    from jiahe.node.clock import now

    resuming.accept(name=args.name, reason=args.why, by=_founder(), at=now())
    print(f"{args.name} is witnessed again from its next greeting on. What was signed before is kept.")
    return 0


def _resume(args: argparse.Namespace, home: Path) -> int:
    from jiahe.network import resuming
    from jiahe.node.clock import now

    said = resuming.resume(reason=args.why, by=_founder(), at=now())
    print(f"This node records again. It has its own entries up to {said.fact.after:,}; what the neighbours hold of")
    print("those it gave since comes back by itself, and what nobody holds is lost. Say at the node above:")
    print(f"  ./jiahe node accept {said.origin} --why ...")
    return 0


def _cluster(args: argparse.Namespace, home: Path) -> int:
    from jiahe.node import cluster

    wrong = cluster.use(home, args.servers, args.certificate, replicas=args.replicas)
    print(
        wrong or "From its next start on this node uses the cluster. Codes that it gave out before lead elsewhere.",
        file=sys.stderr if wrong else sys.stdout,
    )
    return 1 if wrong else 0


def _above(args: argparse.Namespace, home: Path) -> int:
    from jiahe.node import cluster

    wrong = cluster.call(home, args.servers, args.certificate)
    print(
        wrong or "From its next start on this node calls the pipe above there.",
        file=sys.stderr if wrong else sys.stdout,
    )
    return 1 if wrong else 0


def _users(args: argparse.Namespace, home: Path) -> int:
    from jiahe.node import cluster

    print(cluster.users(), end="")
    return 0


def _administrator(args: argparse.Namespace, home: Path) -> int:
    from jiahe.node.clock import now
    from jiahe.node.commands.found import first_administrator

    password = first_administrator(args.name, args.username, at=now())
    print(f"{args.username} may log in once with {password} and then chooses his own password and second factor.")
    return 0


def _status(args: argparse.Namespace, home: Path) -> int:
    from jiahe.network import status
    from jiahe.node.clock import now

    wrong = 0
    here = status.here()
    print(f"{here.name}  {here.level} of {here.area}, version {here.version}, journal of {here.head:,} entries")
    print(f"  waiting: {here.parked:,} parked, {here.quarantined:,} quarantined, {here.conflicts:,} conflicts")
    for each in status.neighbours(at=now()):
        print(f"{each.name}  {'above' if each.above else 'below'}, {each.level} of {each.area}")
        for line in each.lines():
            print(f"  {line}")
        wrong += not each.well
    return 1 if wrong or here.quarantined or here.behind else 0


def _founder() -> Any:
    from django.conf import settings

    from jiahe.node.clock import now
    from jiahe.staff.scope import founding

    return founding(settings.JIAHE.area, now())
