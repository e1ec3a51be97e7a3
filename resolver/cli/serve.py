"""``resolver serve``: the service on this machine."""

# Imports are inside the command, so that `--help` and `lookup` start fast.
# ruff: noqa: PLC0415

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import click

from resolver.cli.console import say
from resolver.errors import UsageError

if TYPE_CHECKING:
    import socket

__all__ = ["serve"]

_WAITING = 2_048
"""Connections that may wait to be accepted, for example while the gazetteer is opened."""

_SERVED = "resolver.service.app:served"
_LOCAL = ("127.0.0.1", "localhost", "::1")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8765, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes a free one."
)
@click.option("--token", default="", envvar="RESOLVER_TOKEN", help="Token that requests must bring; or RESOLVER_TOKEN.")
@click.option(
    "--allow-host", "hosts", multiple=True, help="Further name that requests may be addressed to; repeatable."
)
@click.option("--allow-origin", "origins", multiple=True, help="Web origin that may read answers; repeatable.")
@click.option("--root-path", default="", help="Path under which a proxy serves it.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes.")
def serve(
    *, host: str, port: int, token: str, hosts: tuple[str, ...], origins: tuple[str, ...], root_path: str, workers: int
) -> None:
    """Serve OpenRefine, programs and browsers on this machine, until it is interrupted.

    \b
    Examples:
      resolver serve --port 8765
      resolver serve --port 8080 --allow-origin http://localhost:3333
    """
    try:
        import uvicorn
        from uvicorn.supervisors import Multiprocess

        from resolver.service.app import compiled
        from resolver.service.settings import LOOPBACK, Settings, keep
    except ModuleNotFoundError as error:
        raise UsageError(
            f"{error.name} is not installed; install it with: pip install 'resolver-vnkh[serve]'"
        ) from error
    _check(hosts, origins, root_path)
    if host not in _LOCAL and not token:
        raise UsageError(f"on {host} other machines can ask: give them a token with --token, or listen on 127.0.0.1")
    if host not in _LOCAL:
        say(
            f"warning: on {host} other machines can ask, and the token goes over the network as it is: "
            "put a proxy with TLS before it"
        )
    keep(
        Settings(
            hosts=(*LOOPBACK, *hosts, *([host] if host not in _LOCAL else [])),
            origins=origins,
            token=token,
            root_path=root_path,
        )
    )
    with _bound(host, port) as listening:
        port = listening.getsockname()[1]
        address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        say(f"{address}/ for a browser, {address}/reconcile for OpenRefine; Ctrl-C ends it")
        for number in (signal.SIGINT, signal.SIGTERM):
            # The server ends by these and passes them on to whoever was asked before: there is nothing left to do.
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, _ended)
        options: dict[str, Any] = {
            "factory": True, "host": host, "port": port, "workers": workers, "root_path": "", "log_level": "warning",
            "server_header": False, "timeout_keep_alive": 30, "env_file": None,
        }  # fmt: skip
        config = uvicorn.Config(_SERVED, **options)
        listening.listen(_WAITING)
        if workers == 1:
            uvicorn.Server(config).run(sockets=[listening])
            return
        compiled()  # once, before several processes open it
        # A socket that the server makes itself names no protocol, so that asyncio leaves small packets to wait (Nagle's
        # algorithm): 40 ms for each answer.
        Multiprocess(config, sockets=[listening]).run()


def _ended(_number: int, _frame: object) -> NoReturn:
    os._exit(0)


def _check(hosts: Sequence[str], origins: Sequence[str], root_path: str) -> None:
    """Raise UsageError for names and paths that no request can have."""
    from urllib.parse import urlsplit

    if root_path and (not root_path.startswith("/") or root_path.endswith("/")):
        raise UsageError(f"--root-path {root_path}: it begins with a slash and does not end with one: /names")
    for host in hosts:
        if "/" in host:
            raise UsageError(f"--allow-host {host}: a name alone, without scheme and path: desk.example")
    for origin in origins:
        parts = urlsplit(origin)
        if not parts.scheme or not parts.netloc or origin != f"{parts.scheme}://{parts.netloc}":
            raise UsageError(f"--allow-origin {origin}: scheme, name and port, no path: https://desk.example")


def _bound(host: str, port: int) -> socket.socket:
    """Return a socket bound to an address, so that a port that was free is known before it is said."""
    import socket

    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        bound = socket.socket(family, kind, protocol)
        try:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            bound.bind(address)
        except OSError:
            bound.close()
            raise
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError(f"{host}, port {port}: {reason}: choose another with --host and --port") from error
    bound.set_inheritable(True)
    return bound
