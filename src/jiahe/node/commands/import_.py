"""`./jiahe import people FILE`: a list of people into the register, in one go; what a page does step by step."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from datetime import date, datetime
from pathlib import Path

summary = "bring a list of people (XLSX, CSV): check every row, then take over what is accepted"
needs_tables = True
_ROWS_TOLD = 20
_PORTION = 1_000
"""Rows that commit together; a page takes fewer, for there others wait. With many more the pages that a large register
changes no longer fit into the database's cache, and each is written and read again several times."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What stands after ./jiahe import."""
    steps = parser.add_subparsers(dest="step", required=True)
    people = steps.add_parser("people", help="people who live in an area")
    people.add_argument("file", type=Path, help="XLSX or CSV; the first row names the columns")
    people.add_argument("--area", default="", help="code of the area, and where rows live that name none")
    people.add_argument("--since", type=date.fromisoformat, help="since when they live there, where a row does not say")
    people.add_argument("--by", default="", metavar="USERNAME", help="who brings it; without it, it is done as set-up")
    people.add_argument("--dry-run", action="store_true", help="check and report, take nothing over")
    people.add_argument("--yes", action="store_true", help="take over what is accepted without asking")
    people.add_argument("--report", type=Path, metavar="OUT", help="write the rows with their verdicts (.xlsx or .csv)")


def run(args: argparse.Namespace) -> int:
    """Check, report, take over. 0 if every row is in the register then (or would be), 1 otherwise."""
    from jiahe.node.bulk import bulk

    with bulk():
        return _bring(args)


def _bring(args: argparse.Namespace) -> int:
    from jiahe.exchange import actions, queries
    from jiahe.exchange.models import Import, Step
    from jiahe.exchange.problems import FileTooLarge
    from jiahe.exchange.reading import limits
    from jiahe.node.clock import now
    from jiahe.node.progress import bar

    at = now()
    by = _author(args.by, args.area, at)
    if not args.file.is_file():
        print(f"{args.file} is no file.", file=sys.stderr)
        return 1
    if args.file.stat().st_size > limits.FILE_BYTES:
        raise FileTooLarge(most=limits.FILE_BYTES // limits.MEGABYTE)
    area = args.area or by.area
    row = actions.bring(name=args.file.name, content=args.file.read_bytes(), area=area, by=by, at=at)
    if row.step == Step.COLUMNS:
        columns = queries.columns_of(row)
        for heading, column in zip(queries.headings_of(row), columns, strict=True):
            print(f"  {heading:<30} {column.value if column else 'not taken'}")
        home = area if _is_residence(area) else ""
        actions.choose_columns(brought=row.id, columns=columns, area=home, since=args.since, by=by, at=at)
    checked, taken = bar("rows checked"), bar("rows taken over")
    while Import.objects.get(id=row.id).step == Step.CHECKING and actions.check(brought=row.id, by=by, at=at):
        checked(queries.progress(by.scope, row.id).checked, row.size)
    _tell(by, row)
    step = Import.objects.get(id=row.id).step
    waits = step in (Step.CHECKED, Step.TAKING) and not args.dry_run
    if waits and _wanted(args.yes, queries.progress(by.scope, row.id)):
        while actions.take(brought=row.id, by=by, at=at, most=_PORTION):
            taken(queries.progress(by.scope, row.id).taken, row.size)
    if args.report:
        _write(by, row, args.report)
    progress = queries.progress(by.scope, row.id)
    print(f"{progress.taken:,} registered by this import, {progress.known:,} were registered already.")
    return 0 if progress.taken + progress.known + args.dry_run * progress.accepted == progress.size else 1


def _author(username: str, area: str, at: datetime):  # type: ignore[no-untyped-def]
    """The officer's Acting in the first of his posts that may register people; without a name, that of a set-up."""
    from django.conf import settings

    from jiahe.exchange.problems import NobodyOfThatName
    from jiahe.node.admission import policy
    from jiahe.staff import session
    from jiahe.staff.models import Credential
    from jiahe.staff.queries import holdings
    from jiahe.staff.scope import founding

    if not username:
        return founding(area or settings.JIAHE.area, at)
    credential = Credential.objects.filter(username=username).first()
    held = holdings(credential.officer, on=session.civil_day(at)) if credential else []
    acting = [made for holding in held if (made := session.acting(holding, policy().roles))]
    able = [each for each in acting if each.may("registry.PersonRegistered", area or each.area)]
    if not able:
        raise NobodyOfThatName()
    return able[0]


def _is_residence(area: str) -> bool:
    from jiahe.places.facts import Level
    from jiahe.places.rules import level_of

    return level_of(area) in (Level.TOWNSHIP, Level.VILLAGE)


def _tell(by, row) -> None:  # type: ignore[no-untyped-def]
    """How many rows there are of each kind, and the first that need somebody's attention."""
    from jiahe.exchange import queries, words
    from jiahe.exchange.models import Verdict

    counts: Counter[str] = Counter()
    for each in queries.report(by.scope, row.id):
        counts[words.VERDICTS[each.verdict]] += 1
        if each.verdict in (Verdict.REFUSED, Verdict.DOUBLE) and counts["told"] < _ROWS_TOLD:
            counts["told"] += 1
            print(f"  row {each.number}: {words.verdict(each, {})}")
    del counts["told"]
    print(f"{row.size:,} rows: " + ", ".join(f"{count:,} {said}" for said, count in counts.most_common()))


def _wanted(yes: bool, progress) -> bool:  # type: ignore[no-untyped-def]
    if not progress.to_take:
        return False
    return yes or (sys.stdin.isatty() and input(f"Take over {progress.to_take:,} people? [y/N] ").lower() == "y")


def _write(by, row, out: Path) -> None:  # type: ignore[no-untyped-def]
    from jiahe.exchange import reports, writing

    headings, rows = reports.table(by.scope, row.id)
    write = writing.comma_separated if out.suffix.lower() == ".csv" else writing.xlsx
    out.write_bytes(write(headings, rows))
    print(f"The report stands in {out}.")
