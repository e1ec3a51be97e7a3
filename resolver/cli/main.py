"""The command line: its subcommands, signals, and error messages.

Exit codes: 0 done, 1 a runtime failure, 2 wrong usage. Each failure is one line on standard error.
"""

# Each command imports what it needs when it runs, so that `--help` and `lookup` start fast.
# ruff: noqa: PLC0415

from __future__ import annotations

import errno
import os
import signal
import sys
import warnings
from collections.abc import Sequence
from typing import Any, NoReturn

import click

from resolver.atomic import abandon, reason
from resolver.cli.annotate import annotate
from resolver.cli.cluster import cluster
from resolver.cli.completion import completion
from resolver.cli.console import say
from resolver.cli.convert import convert
from resolver.cli.gazetteer import gazetteer
from resolver.cli.history import history
from resolver.cli.lookup import lookup
from resolver.cli.normalize import normalize
from resolver.cli.serve import serve
from resolver.cli.streams import prepare, silence
from resolver.errors import ResolverError, StaleGazetteerWarning, UsageError

__all__ = ["cli", "main"]

_UNWRITABLE = (errno.ENOSPC, errno.EDQUOT, errno.EBADF, errno.EIO, errno.EFBIG)
_INTERRUPTED = "interrupted: no file was changed"


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit; an error is printed in one line."""
    prepare()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # Signals that the caller ignores stay ignored: nohup, a background job.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _interrupt)
    warnings.showwarning = _warn
    sys.exit(_run(arguments))


def _interrupt(_number: int, _frame: object) -> NoReturn:
    # Not with an exception: it could be caught by the code that is running now.
    abandon()
    say(_INTERRUPTED)
    os._exit(1)


def _warn(message: Warning | str, *_: Any, **__: Any) -> None:
    say(str(message))


def _run(arguments: Sequence[str] | None) -> int:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always", StaleGazetteerWarning)
            warnings.showwarning = lambda message, *_: say(f"warning: {message}")
            code = cli.main(arguments, prog_name="resolver", standalone_mode=False)
            sys.stdout.flush()
            return code if isinstance(code, int) else 0
    except BrokenPipeError:
        # The reader has closed the pipe. Python must not write the rest of its buffer when it ends.
        silence(sys.stdout)
        return 1
    except Exception as error:
        message, code = _failure(error)
        say(message)
        silence(sys.stdout)
        return code


def _failure(error: BaseException) -> tuple[str, int]:
    """Return the message about an error, and the exit code."""
    if isinstance(error, ResolverError):
        return str(error), 2 if isinstance(error, UsageError) else 1
    if isinstance(error, click.Abort):
        return _INTERRUPTED, 1
    if isinstance(error, click.ClickException):
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "resolver"
        return f"{error.format_message().rstrip('.')}; see {command} --help", error.exit_code
    if isinstance(error, OSError) and error.errno in _UNWRITABLE and error.filename is None:
        return f"standard output: {reason(error)}; send it elsewhere, or write to a file", 1
    if isinstance(error, MemoryError):
        return "out of memory: give a smaller table or more memory", 1
    if os.environ.get("RESOLVER_DEBUG"):
        raise error
    return f"{type(error).__name__}: {error}; an error in this program, RESOLVER_DEBUG=1 shows where", 1


def _print_version(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    """Print the versions of the program and of the facts: the gazetteer's date, and a digest of its tables."""
    if not wanted or context.resilient_parsing:
        return
    from resolver import __version__
    from resolver.gazetteer.reader import as_of, bundled_path, digest

    folder = bundled_path()
    click.echo(f"resolver {__version__}, gazetteer of {as_of(folder)}, digest {digest(folder)}")
    context.exit()


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "-V",
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version, the gazetteer's date and its digest, and exit.",
)
@click.pass_context
def cli(context: click.Context) -> None:
    """Resolve mentions of places, persons, offices and organisations of Vietnam and Cambodia.

    \b
    Example:
      resolver lookup "Kam Pốt"
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


for _command in (normalize, convert, annotate, cluster, lookup, history, serve, gazetteer, completion):
    cli.add_command(_command)
