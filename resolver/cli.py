"""The command: parse, one library call, exit code.

Exit codes: 0 done, 1 a runtime failure, 2 wrong usage. Each failure is one line on standard error.
"""

# Each command imports what it needs when it runs, so that `--help` and `lookup` start fast.
# ruff: noqa: PLC0415

from __future__ import annotations

import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

import click

from resolver.errors import ResolverError, StaleGazetteerWarning, UsageError

__all__ = ["main"]

_INTERRUPTED = "interrupted: no file was changed"
_Progress = Callable[[int, int | None], None]


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit; what goes wrong is said in one line."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    warnings.showwarning = _warn
    sys.exit(_run(arguments))


def _interrupt(_number: int, _frame: object) -> NoReturn:
    # Not by an exception: raised at whatever place this is, it may be caught there.
    from resolver.atomic import abandon

    abandon()
    _say(_INTERRUPTED)
    os._exit(1)


def _warn(message: Warning | str, *_: Any, **__: Any) -> None:
    _say(str(message))


def _run(arguments: Sequence[str] | None) -> int:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always", StaleGazetteerWarning)
            warnings.showwarning = lambda message, *_: _say(f"warning: {message}")
            code = cli.main(arguments, prog_name="resolver", standalone_mode=False)
            sys.stdout.flush()
            return code if isinstance(code, int) else 0
    except BrokenPipeError:
        # Nobody reads on. What Python still holds must not be written when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        message, code = _failure(error)
        _say(message)
        return code


def _failure(error: BaseException) -> tuple[str, int]:
    """Return what to tell a person about an error, and the exit code."""
    if isinstance(error, ResolverError):
        return str(error), 2 if isinstance(error, UsageError) else 1
    if isinstance(error, click.Abort):
        return _INTERRUPTED, 1
    if isinstance(error, click.ClickException):
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "resolver"
        return f"{error.format_message().rstrip('.')}; see {command} --help", error.exit_code
    if isinstance(error, MemoryError):
        return "out of memory: give a smaller table or more memory", 1
    if os.environ.get("RESOLVER_DEBUG"):
        raise error
    return f"{type(error).__name__}: {error}; a fault of this program, RESOLVER_DEBUG=1 shows where", 1


def _say(message: str) -> None:
    line = " ".join(message.split())
    # A header or a path may hold anything, also what a terminal would obey.
    safe = "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in line)
    with suppress(OSError):
        click.echo(f"resolver: {safe}", err=True)


@click.group(no_args_is_help=False, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="resolver-vnkh", prog_name="resolver", message="%(prog)s %(version)s")
def cli() -> None:
    """Resolve mentions of places, persons, offices and organisations of Vietnam and Cambodia.

    \b
    Example:
      resolver lookup "Kam Pốt"
    """


def _asked(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that every question has."""
    for option in reversed(
        (
            click.option("--type", "types", multiple=True, metavar="TYPE", help=_TYPE_HELP),
            click.option("--country", "countries", multiple=True, metavar="CC", help="Only these countries: VN,KH."),
            click.option("--date", metavar="DATE", help="When the mention was made: 2025-07-01, 2025, 01/07/2025."),
            click.option("--to", metavar="DATE", help="Say what stands there at this date [gazetteer's own date]."),
            click.option("--language", metavar="TAG", help="Language of names in the answer: vi, en, fr, km."),
            click.option("--min-score", type=click.FloatRange(0, 1), help="Do not match below this probability."),
        )
    ):
        command = option(command)
    return command


_TYPE_HELP = "country, province, district, commune, person, organisation, office, or place for all levels; repeatable."
_FILE = click.Path(path_type=Path)


def _of_a_table(what: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return what adds the arguments and options of a command that appends columns to a table."""

    def add(command: Callable[..., None]) -> Callable[..., None]:
        column = click.option(
            "-c", "--column", "columns", multiple=True, required=True, metavar="NAME[:TYPE]", help=what
        )
        for option in reversed((_SOURCE, _OUTPUT, column, _asked, *_TABLE_OPTIONS)):
            command = option(command)
        return command

    return add


_SOURCE = click.argument("source", metavar="IN.csv", type=_FILE)
_OUTPUT = click.option(
    "-o", "--output", metavar="OUT.csv", type=_FILE, default="-", help="Where to write [standard output]."
)
_TABLE_OPTIONS = (
    click.option(
        "--within", multiple=True, metavar="COLUMN", help="Column that names what the mention lies in; repeatable."
    ),
    click.option("--date-column", metavar="COLUMN", help="Column with the mention's date, the day before the month."),
    click.option(
        "--prefix", metavar="TEXT", help="Prefix of appended columns [the column's name]; before it if several."
    ),
    click.option("--columns", "appended", metavar="NAMES", help="Which columns to append: status,id,name [all]."),
    click.option("--delimiter", metavar="CHAR", help=r"Delimiter of IN.csv, \t for a tab [found in its header]."),
    click.option("--encoding", metavar="NAME", help="Encoding of IN.csv [UTF-8, or UTF-16 by its byte order mark]."),
    click.option("--review", metavar="FILE", type=_FILE, help="Write the mentions that need a person to FILE."),
    click.option(
        "--overrides", metavar="FILE", type=_FILE, help="Apply the decisions in FILE, a filled-in review file."
    ),
    click.option("--report", metavar="FILE", type=_FILE, help="Write counts as JSON to FILE."),
    click.option("--force", is_flag=True, help="Replace files that exist."),
    click.option("--quiet", is_flag=True, help="No progress and no summary on a terminal."),
)


@cli.command()
@_of_a_table("Column with mentions; repeatable.")
def normalize(*, quiet: bool, **options: Any) -> None:
    """Append to a CSV table what its mentions resolve to.

    Every row and every cell stays as it is; - reads standard input or writes standard output. In rows with more or
    fewer cells than the header nothing is resolved; surplus cells follow after the appended columns.

    \b
    Examples:
      resolver normalize reports.csv -o out.csv --column place --date-column date --within province
      resolver normalize people.csv -o out.csv --column place:province --column official:person
      resolver normalize reports.csv -o out.csv --column place --review todo.csv
      resolver normalize reports.csv -o out.csv --column place --overrides todo.csv --force
    """
    from resolver.normalize import normalize_file

    _append(normalize_file, quiet=quiet, **options)


@cli.command()
@_of_a_table("Column with places: names or, with --from-codes, official codes; repeatable.")
@click.option("--from-codes", "codes", is_flag=True, help="The columns, those of --within too, have official codes.")
@click.option(
    "--sum",
    "sums",
    multiple=True,
    metavar="COLUMN",
    help="Add up COLUMN for the units of --to, instead of appending; repeatable.",
)
@click.option("--people", multiple=True, metavar="COLUMN", help="The same for a count of inhabitants; repeatable.")
@click.option(
    "--by", multiple=True, metavar="COLUMN", help="Add up apart for each value of COLUMN, such as a year; repeatable."
)
@click.option("--level", metavar="TYPE", help="Add up for units of this type: province, district, commune.")
@click.option("--decimal", metavar="SIGN", help="Decimal sign in the numbers, . or , [. where it is certain].")
@click.option("--rest", metavar="FILE", type=_FILE, help="Write rows that can't be added up to FILE, do the others.")
def convert(*, quiet: bool, codes: bool, sums: tuple[str, ...], people: tuple[str, ...], **options: Any) -> None:
    """Append to a CSV table what its places are on another day, --to: today's units for old ones, old for today's.

    Communes, districts and provinces with their codes; of a unit that was split all parts, joined by |. What a code
    means depends on the day and the level: give --date and --type. Rows and cells stay as they are.

    With --sum or --people it writes another table, of totals for the units of --to. A unit that was split can't be
    added up: that is one error that names all such units, or --rest takes their rows. A count of people can where
    the law left the whole population with one unit.

    \b
    Examples:
      resolver convert customers.csv -o out.csv --column address
      resolver convert wards.csv -o out.csv --column ward_code --from-codes --type commune --date 2024-12-31
      resolver convert new.csv -o old.csv --column commune --date 2025-07-01 --to 2025-06-30
      resolver convert stats.csv -o new.csv --column unit --date 2024-12-31 --people population --sum area
    """
    from functools import partial

    from resolver.convert import convert_file

    own = {name: options.pop(name) for name in ("by", "level", "decimal", "rest")}
    if sums or people:
        _sum(quiet=quiet, codes=codes, sums=sums, people=people, **own, **options)
        return
    _refuse(own, "needs --sum or --people")
    _append(partial(convert_file, codes=codes), quiet=quiet, **options)


def _refuse(options: dict[str, Any], why: str) -> None:
    """Refuse options that are given and mean nothing here."""
    for name, value in options.items():
        if value:
            raise UsageError(f"--{name.replace('_', '-')} {why}")


def _sum(
    *,
    source: Path,
    output: Path,
    columns: tuple[str, ...],
    sums: tuple[str, ...],
    people: tuple[str, ...],
    quiet: bool,
    **options: Any,
) -> None:
    """Add up a table of statistics, and tell how it went."""
    from resolver.totals import Sums, sum_file

    meaningless = ("date_column", "appended", "language", "min_score", "review", "overrides", "report")
    _refuse({"columns" if one == "appended" else one: options[one] for one in meaningless}, "means nothing with --sum")
    if len(columns) > 1:
        raise UsageError("only one --column can have the units that --sum is about; the others may be --within")
    if not options["date"]:
        raise UsageError("--sum needs --date: the day whose units the table has, such as 2024-12-31")
    request = Sums(
        columns[0],
        tuple(dict.fromkeys((*sums, *people))),
        options["date"],
        people=people,
        types=options["types"],
        countries=options["countries"],
        **{name: options[name] for name in ("by", "to", "level", "codes", "within", "prefix", "decimal")},
    )
    files = {name: options[name] for name in ("rest", "delimiter", "encoding", "force")}
    outcome = sum_file(source, output, request, **files)
    if not quiet:
        for told in [str(outcome)] if sys.stderr.isatty() else outcome.warnings():
            _say(told)


def _append(
    job: Callable[..., Any],
    *,
    source: Path,
    output: Path,
    columns: tuple[str, ...],
    within: tuple[str, ...],
    date_column: str | None,
    prefix: str | None,
    appended: str | None,
    quiet: bool,
    **options: Any,
) -> None:
    """Do a job that appends columns to a table, and tell how it went."""
    from resolver.answers import Target
    from resolver.normalize import Request

    request = Request(
        columns,
        options["types"],
        options["countries"],
        within,
        date_column,
        options["date"],
        Target(options["to"], options["language"], options["min_score"]),
        prefix,
        None if appended is None else appended.split(","),
    )
    files = {name: options[name] for name in ("delimiter", "encoding", "review", "overrides", "report", "force")}
    with _progress(quiet=quiet) as progress:
        summary = job(source, output, request, share=True, progress=progress, **files)
    if progress:
        click.echo(str(summary), err=True)
    elif not quiet:
        for warning in summary.warnings():
            _say(warning)


@cli.command(name="cluster")
@click.argument("source", metavar="IN.csv", type=_FILE)
@click.option("-o", "--output", metavar="OUT.csv", type=_FILE, default="-", help="Where to write [standard output].")
@click.option("-c", "--column", required=True, metavar="NAME", help="Column with mentions.")
@click.option(
    "--type", "type_", type=click.Choice(["person", "organisation"]), default="person", help="What they are [person]."
)
@click.option(
    "--context",
    multiple=True,
    metavar="COLUMN",
    help="Column that tells namesakes apart: organisation, place; repeatable.",
)
@click.option("--date-column", metavar="COLUMN", help="Column with the mention's date, the day before the month.")
@click.option(
    "--min-score", type=click.FloatRange(0, 1, min_open=True, max_open=True), help="Do not link below this probability."
)
@click.option("--no-gazetteer", is_flag=True, help="Match nothing in the gazetteer: names and context alone decide.")
@click.option("--prefix", metavar="TEXT", help="Prefix of appended columns [the column's name].")
@click.option("--delimiter", metavar="CHAR", help=r"Delimiter of IN.csv, \t for a tab [found in its header].")
@click.option("--encoding", metavar="NAME", help="Encoding of IN.csv [UTF-8, or UTF-16 by its byte order mark].")
@click.option("--force", is_flag=True, help="Replace a file that exists.")
@click.option("--quiet", is_flag=True, help="No progress and no summary on a terminal.")
def cluster_(
    *,
    source: Path,
    output: Path,
    column: str,
    type_: str,
    context: tuple[str, ...],
    date_column: str | None,
    min_score: float | None,
    no_gazetteer: bool,
    prefix: str | None,
    quiet: bool,
    **options: Any,
) -> None:
    """Append to a CSV table which of its mentions stand for the same person or organisation.

    Mentions of one person get one id, their number, their most telling spelling, and to which other mention each was
    linked and why: in the gazetteer or not, in any order, spelling and script. Where names alone cannot tell,
    they stay apart; columns of context tell more. Every row and every cell stays as it is; - reads standard input or
    writes standard output.

    \b
    Example:
      resolver cluster reports.csv -o out.csv --column official --context organisation --date-column date
    """
    from resolver.cluster_file import ClusterRequest, cluster_file
    from resolver.resolve import MIN_SCORE

    least = MIN_SCORE if min_score is None else min_score
    request = ClusterRequest(column, type_, context, date_column, least, prefix, not no_gazetteer)
    with _progress(quiet=quiet) as progress:
        summary = cluster_file(source, output, request, progress=progress, **options)
    if progress:
        click.echo(str(summary), err=True)
    elif not quiet:
        for warning in summary.warnings():
            _say(warning)


@contextmanager
def _progress(*, quiet: bool) -> Iterator[_Progress | None]:
    """Give a callback that draws a bar, or None where nobody looks at a terminal."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    told = (TextColumn("resolving"), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*told, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("resolving", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@cli.command()
@click.argument("mention")
@_asked
@click.option("--within", multiple=True, metavar="TEXT", help="What the mention lies in; repeatable.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def lookup(
    *,
    mention: str,
    types: tuple[str, ...],
    countries: tuple[str, ...],
    within: tuple[str, ...],
    as_json: bool,
    **options: Any,
) -> None:
    """Say what one mention means, why, and what became of it.

    \b
    Examples:
      resolver lookup "Kiên Giang" --type province
      resolver lookup "Phường Bình San" --within "Hà Tiên" --date 2024 --json
    """
    from resolver.filters import countries_of
    from resolver.resolve import Resolver

    match = Resolver().resolve(mention, type=types, country=countries_of(countries), within=within, **options)
    if as_json:
        _print_json(match)
        return
    from rich.console import Console

    from resolver.card import show

    show(match, Console(highlight=False))


def _print_json(record: Any) -> None:
    import json
    from dataclasses import asdict

    click.echo(json.dumps(asdict(record), ensure_ascii=False, indent=2))


@cli.command()
@click.argument("mention", metavar="MENTION_OR_ID")
@click.option("--type", "types", multiple=True, metavar="TYPE", help=_TYPE_HELP)
@click.option("--country", "countries", multiple=True, metavar="CC", help="Only these countries: VN,KH.")
@click.option("--date", metavar="DATE", help="When the mention was made: 2025-07-01, 2025, 01/07/2025.")
@click.option("--within", multiple=True, metavar="TEXT", help="What the mention lies in; repeatable.")
@click.option("--language", metavar="TAG", help="Language of names in the answer: vi, en, fr, km.")
@click.option("--all", "every", is_flag=True, help="Tell all branches of a wide tree, not the first twelve.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option("--svg", metavar="FILE", type=_FILE, help="Write a picture of a place's lineage to FILE, nothing else.")
@click.option("--force", is_flag=True, help="Replace FILE if it exists.")
def history(
    *,
    mention: str,
    types: tuple[str, ...],
    countries: tuple[str, ...],
    every: bool,
    as_json: bool,
    svg: Path | None,
    force: bool,
    **options: Any,
) -> None:
    """Tell what became of a place or an office over time, with dates and instruments.

    \b
    Examples:
      resolver history "Kien Giang"
      resolver history "Thành phố Hà Tiên" --type district --json
      resolver history vn-province-an-giang-2025 --svg an-giang.svg
    """
    from resolver.filters import countries_of
    from resolver.history import WIDEST
    from resolver.resolve import Resolver

    resolver = Resolver()
    told = resolver.history(mention, type=types, country=countries_of(countries), **options)
    if svg is not None:
        from resolver.lineage_svg import write_picture

        write_picture(told, svg, force=force)
    if as_json:
        click.echo(told.to_json())
    elif svg is None:
        click.echo(told.to_text(widest=None if every else WIDEST))


@cli.group(no_args_is_help=False)
def gazetteer() -> None:
    """Look after the facts.

    \b
    Example:
      resolver gazetteer check
    """


@gazetteer.command()
@click.argument("path", required=False, type=_FILE)
def check(path: Path | None) -> int:
    """Check the gazetteer's tables against its rules: one line for each problem, exit code 1 if there are any.

    \b
    Example:
      resolver gazetteer check ./gazetteer
    """
    from resolver import validate

    problems = validate.check() if path is None else validate.check(path)
    for problem in problems:
        click.echo(f"{problem.table}, line {problem.line}: {problem.message} [{problem.rule}]")
    return 1 if problems else 0


@gazetteer.command()
@click.argument("path", required=False, type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="Print the numbers as JSON.")
def stats(path: Path | None, as_json: bool) -> None:
    """Count what the gazetteer covers: units by country, level and date, names by language, successors not known.

    \b
    Examples:
      resolver gazetteer stats ./gazetteer
      resolver gazetteer stats --json
    """
    from resolver.stats import statistics

    told = statistics(path)
    click.echo(told.to_json() if as_json else str(told))


@gazetteer.command()
@click.argument("target", metavar="FILE.sqlite|FOLDER", type=_FILE)
@click.option("--format", "format_", type=click.Choice(["sqlite", "csv"]), help="What to write [by the name's ending].")
@click.option("--from", "path", metavar="PATH", type=_FILE, help="Export the tables of this folder [the bundled ones].")
@click.option("--force", is_flag=True, help="Replace an earlier export.")
def export(target: Path, format_: str | None, path: Path | None, force: bool) -> None:
    """Write the whole gazetteer as one SQLite file, or as a folder of CSV tables that is a Data Package.

    In the SQLite file the view `units` has the first day and the first day no longer in force of every version:
    SELECT * FROM units WHERE first_day <= '2004-08-31' AND '2004-08-31' < end_day.

    \b
    Examples:
      resolver gazetteer export gazetteer.sqlite
      resolver gazetteer export ./tables --format csv
    """
    from resolver import export as exporter

    exporter.export(target, format=format_, path=path, force=force)
