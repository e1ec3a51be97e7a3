"""The command that starts the service: where it listens, what it refuses, several processes."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner

from resolver.cli.main import cli

SLOW = 300
"""Seconds that a start may take where the gazetteer is compiled first and the machine is busy."""

pytestmark = pytest.mark.usefixtures("resolver")  # compiled once, so that the command only opens it


@contextmanager
def serving(*options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run the command for the length of a block; give the address it says, and the process."""
    command = [sys.executable, "-m", "resolver", "serve", "--port", "0", *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        said = process.stderr.readline()
        while "http://" not in said:
            assert process.poll() is None, said
            said = process.stderr.readline()
        found = re.search(r"http://\S+?:\d+", said)
        assert found is not None
        yield found.group(), process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        finally:
            process.kill()
            assert process.stderr is not None
            process.stderr.close()


def answered(address: str, headers: dict[str, str] | None = None) -> str:
    """Return what is answered, waiting for a server that starts."""
    deadline = time.monotonic() + SLOW
    while True:
        try:
            with urlopen(Request(address, headers=headers or {}), timeout=SLOW) as answer:
                return str(answer.read().decode())
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def test_a_free_port_is_taken_and_said_and_a_signal_ends_it() -> None:
    with serving() as (address, process):
        assert answered(f"{address}/healthz") == "ok\n"
        assert json.loads(answered(f"{address}/resolve?text=Kampot"))["entity"]["id"] == "kh-province-kampot"
    assert process.returncode == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="one socket for several processes is tested where there is fork")
def test_several_processes_answer_alike() -> None:
    with serving("--workers", "2") as (address, _):
        digests = {json.loads(answered(f"{address}/resolve?text=Kampot"))["gazetteer_digest"] for _ in range(6)}
        assert len(digests) == 1


@pytest.mark.parametrize("workers", ["1", "2"])
def test_small_packets_of_an_answer_do_not_wait(workers: str, monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[socket.socket] = []

    def kept(_self: object, sockets: list[socket.socket]) -> None:
        # asyncio switches Nagle's algorithm off only for sockets that name their protocol.
        served.extend(sockets)
        assert [one.proto for one in sockets] == [socket.IPPROTO_TCP]

    monkeypatch.setattr("uvicorn.Server.run", kept)
    monkeypatch.setattr("uvicorn.supervisors.Multiprocess.__init__", lambda self, _config, sockets: kept(self, sockets))
    monkeypatch.setattr("uvicorn.supervisors.Multiprocess.run", lambda _self: None)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    assert CliRunner().invoke(cli, ["serve", "--port", "0", "--workers", workers]).exit_code == 0
    assert len(served) == 1


def test_behind_a_proxy_addresses_have_its_path() -> None:
    with serving("--root-path", "/names") as (address, _):
        manifest = json.loads(answered(f"{address}/names/reconcile"))
        assert manifest["view"]["url"] == f"{address}/names/{{{{id}}}}"
        page = answered(f"{address}/names/kh-province-kampot")
        assert f"{address}/names/kh-province-kampot" in page


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--host", "0.0.0.0"], "--token"),
        (["--host", "::"], "--token"),
        (["--host", "no.such.host.invalid", "--token", "x"], "choose another"),
        (["--port", "70000"], "70000"),
        (["--workers", "0"], "0"),
        (["--root-path", "names"], "/names"),
        (["--allow-origin", "https://desk.example/path"], "https://desk.example"),
        (["--allow-host", "http://desk.example"], "desk.example"),
    ],
)
def test_what_it_does_not_start_with(options: list[str], told: str) -> None:
    ran = CliRunner().invoke(cli, ["serve", *options])
    assert ran.exit_code != 0
    assert told in (ran.output + str(ran.exception or ""))


def test_a_port_that_is_taken_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        ran = CliRunner().invoke(cli, ["serve", "--port", port])
    assert ran.exit_code != 0
    assert port in str(ran.exception)
