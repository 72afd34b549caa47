"""The command line: `python -m tests.load students | table | storm | worst`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvloop

from tests.load import crowd, report, storm, worst
from tests.load.loopback import own
from tests.load.places import ALL, EMPTY
from tests.load.server import APP, Server, served
from tests.load.server import EMPTY as EMPTY_APP

COUNTS = (1, 10, 50, 150, 300)
MOST_BROWSERS = 1000


@contextmanager
def target(options: argparse.Namespace, place: str) -> Iterator[Server]:
    """The server that was named, or a fresh one of the app that has this place."""
    if options.url:
        yield Server(options.url, options.pid)
        return
    with served(EMPTY_APP if place == EMPTY else APP) as server:
        yield server


def plan(options: argparse.Namespace, count: int) -> crowd.Plan:
    """What the options say of a class."""
    return crowd.Plan(
        count, options.pace, options.seconds, options.warm, options.apart, not options.without_fans
    ).checked()


def row(options: argparse.Namespace, table: report.Table, place: str, count: int) -> None:
    """One class, as a line of the table."""
    with target(options, place) as server:
        seen = uvloop.run(crowd.attended(server, ALL[place], plan(options, count)))
        table.add(report.line(place, seen))
        report.tell_errors(place, seen.errors(), server.tracebacks())


def students(options: argparse.Namespace) -> None:
    """One class on one page."""
    row(options, report.Table(report.HEADS), options.place, options.count)
    print(report.MEANING)


def table(options: argparse.Namespace) -> None:
    """All pages and counts, the empty app first; a fresh server for each unless one is named."""
    lines = report.Table(report.HEADS)
    places = options.places if options.url else [EMPTY, *options.places]
    for place in places:
        for count in options.counts:
            row(options, lines, place, count)
    print(report.MEANING)


def opened(options: argparse.Namespace) -> None:
    """Browsers that open a page at once."""
    if not 1 <= options.count <= MOST_BROWSERS or not 0 < options.within <= crowd.LONGEST:
        raise ValueError(f"From 1 to {MOST_BROWSERS} browsers can come, within an hour.")
    with target(options, options.place) as server:
        address = ALL[options.place].address
        cpu, memory = server.cpu(), server.memory()
        seen = uvloop.run(
            storm.storm(
                server.url, address, options.count, options.within, not options.without_files
            )
        )
        files, size = sum(s.count for s in seen), sum(s.size for s in seen)
        print(
            f"{len(seen)} browsers in {options.within:g} s, {files} files, {size / 2**20:.0f} MiB"
        )
        print(f"server: {server.cpu() - cpu:.1f} s of processor time, ", end="")
        print(f"{memory:.0f} MiB before, {server.memory():.0f} after")
        lines = report.Table(("seconds until", "p50", "p95", "most"))
        for name in ("page", "files", "run", "whole"):
            times = sorted(getattr(s, name) for s in seen)
            places = (len(times) // 2, int(0.95 * (len(times) - 1)), -1)
            lines.add([name, *(f"{times[i]:.2f}" for i in places)])
        report.tell_errors(options.place, storm.wrong(seen), server.tracebacks())
        print(f"errors: {storm.wrong(seen).total()}")


def beside(options: argparse.Namespace) -> None:
    """A class on Trajectories without and with somebody at the dearest settings of each page."""
    heads = ("dearest", "p50", "with", "p95", "with", "ratio", "asked", "longest s", "errors")
    lines = report.Table(heads)
    for place in options.places:
        with target(options, place) as server:
            alone, both, his = uvloop.run(worst.beside(server, place, plan(options, options.count)))
            times = [report.milliseconds(seen.diary.moves, 50, 95) for seen in (alone, both)]
            (p50, p95), (p50_with, p95_with) = times
            wrong = alone.errors() + both.diary.errors()
            lines.add(
                [
                    *(place, *(f"{ms:.0f}" for ms in (p50, p50_with, p95, p95_with))),
                    *(f"{p95_with / p95:.2f}", str(len(his)), f"{max(his):.1f}"),
                    str(wrong.total()),
                ]
            )
            report.tell_errors(place, wrong, server.tracebacks())


def parser() -> argparse.ArgumentParser:
    """What can be said on the command line."""
    whole = argparse.ArgumentParser("python -m tests.load", description=__doc__)
    commands = whole.add_subparsers(required=True)
    one = _command(commands, "students", students)
    one.add_argument("--place", choices=ALL, default="trajectories κ", help="page and slider")
    one.add_argument("--count", type=int, default=30, help="students")
    _of_a_class(one, seconds=30)
    many = _command(commands, "table", table)
    _places(many, [name for name in ALL if name != EMPTY])
    many.add_argument("--counts", type=int, nargs="+", default=COUNTS, help="students, by turns")
    _of_a_class(many, seconds=10)
    start = _command(commands, "storm", opened)
    start.add_argument("--place", choices=ALL, default="trajectories κ", help="page")
    start.add_argument("--count", type=int, default=100, help="browsers")
    start.add_argument("--within", type=float, default=10, help="seconds in which all come")
    start.add_argument("--without-files", action="store_true", help="they have the files already")
    last = _command(commands, "worst", beside)
    _places(last, list(worst.WORST))
    last.add_argument("--count", type=int, default=30, help="students on Trajectories")
    _of_a_class(last, seconds=20)
    return whole


def _command(commands: Any, name: str, does: Callable[[argparse.Namespace], None]) -> Any:
    command = commands.add_parser(name, help=does.__doc__, description=does.__doc__)
    command.set_defaults(does=does)
    command.add_argument("--url", help="a server that runs already, on this machine")
    command.add_argument(
        "--pid", type=int, nargs="+", default=[], help="its processes, for time and memory"
    )
    return command


def _places(command: argparse.ArgumentParser, names: list[str]) -> None:
    command.add_argument("--places", nargs="+", choices=names, default=names, help="pages")


def _of_a_class(command: argparse.ArgumentParser, seconds: float) -> None:
    command.add_argument("--pace", type=float, default=5, help="seconds from move to move")
    command.add_argument("--seconds", type=float, default=seconds, help="how long it is watched")
    command.add_argument("--warm", type=float, default=10, help="seconds of moves before that")
    command.add_argument(
        "--apart", action="store_true", help="each on a surface or with a draw of its own"
    )
    command.add_argument(
        "--without-fans", action="store_true", help="the player asks for nothing when at rest"
    )


def main() -> None:
    """Do what was said, or say in a sentence why not."""
    options = parser().parse_args()
    try:
        if options.url:
            own(options.url)
        options.does(options)
    except ValueError as refusal:
        sys.exit(str(refusal))


if __name__ == "__main__":
    main()
