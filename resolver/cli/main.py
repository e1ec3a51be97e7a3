"""The command as a whole: its subcommands, signals, and what a failure prints.

Exit codes: 0 done, 1 a runtime failure, 2 wrong usage. Each failure is one line on standard error.
"""

# Each command imports what it needs when it runs, so that `--help` and `lookup` start fast.
# ruff: noqa: PLC0415

from __future__ import annotations

import os
import signal
import sys
import warnings
from collections.abc import Sequence
from typing import Any, NoReturn

import click

from resolver.cli.cluster import cluster
from resolver.cli.console import say
from resolver.cli.convert import convert
from resolver.cli.gazetteer import gazetteer
from resolver.cli.history import history
from resolver.cli.lookup import lookup
from resolver.cli.normalize import normalize
from resolver.errors import ResolverError, StaleGazetteerWarning, UsageError

__all__ = ["cli", "main"]

_INTERRUPTED = "interrupted: no file was changed"


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
        # Nobody reads on. What Python still holds must not be written when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        message, code = _failure(error)
        say(message)
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


@click.group(no_args_is_help=False, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="resolver-vnkh", prog_name="resolver", message="%(prog)s %(version)s")
def cli() -> None:
    """Resolve mentions of places, persons, offices and organisations of Vietnam and Cambodia.

    \b
    Example:
      resolver lookup "Kam Pốt"
    """


for _command in (normalize, convert, cluster, lookup, history, gazetteer):
    cli.add_command(_command)
