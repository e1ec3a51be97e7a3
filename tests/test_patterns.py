"""Every compiled pattern of the package takes time linear in the length of hostile input, at most n log n.

The patterns are found, not listed: those that modules hold (also in tables and behind cached functions without
arguments) and those written as literals in calls of ``re``. For each, input is made of what the pattern itself looks
for: a piece of it repeated, then something that spoils the match. The slowest inputs of 400 characters are let grow
to 100,000. Time is this thread's alone, however busy the machine, and a suspicion has to come up three times to count.
"""

from __future__ import annotations

import ast
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from itertools import product
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

import pytest

import resolver

PACKAGE = Path(resolver.__file__).parent
SMALL, MIDDLE, LARGE = 400, 10_000, 100_000
GROWTH = 30.0
"""How much more time ten times the length may take: 10 if it is linear, 13 if n log n, 100 if quadratic."""
AT_LEAST = 2e-4
"""Seconds that count as the time for the middle length: less cannot be measured well."""
PATIENCE = 1.0
"""Seconds of work after which a pattern is taken for endless."""
KEPT = 3
"""The inputs of a pattern that are let grow."""
METHODS = ("fullmatch", "finditer")
_ANYWHERE = ("sub", "subn", "split", "search", "findall", "finditer")
_CALLS = {"fullmatch": "fullmatch", "match": "match"} | dict.fromkeys(_ANYWHERE, "finditer")


@dataclass(frozen=True)
class Found:
    """A pattern, where it was found, and the ways in which it is applied."""

    where: str
    pattern: re.Pattern[str]
    methods: tuple[str, ...]


# --- Finding -----------------------------------------------------------------------------------------------------


def module_name(file: Path) -> str:
    parts = ("resolver", *file.relative_to(PACKAGE).with_suffix("").parts)
    return ".".join(part for part in parts if part != "__init__")


def modules() -> Iterator[tuple[str, ModuleType, ast.Module]]:
    for file in sorted(PACKAGE.rglob("*.py")):
        name = module_name(file)
        if name != "resolver.spark":  # needs a library that few have; it has no pattern: see the test of literals
            yield name, import_module(name), ast.parse(file.read_text(encoding="utf-8"))


def held(value: object, depth: int = 3) -> Iterator[re.Pattern[str]]:
    """Yield the patterns of text in a value, also those within containers and records."""
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif depth and isinstance(value, dict):
        for one in (*value.keys(), *value.values()):
            yield from held(one, depth - 1)
    elif depth and isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from held(one, depth - 1)


def cached(module: ModuleType, tree: ast.Module) -> Iterator[tuple[str, object]]:
    """Yield what the cached functions of a module return that take no arguments and may hold patterns."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.args.args and "re.compile" in ast.unparse(node):
            assert "cache" in map(ast.unparse, node.decorator_list), f"{module.__name__}.{node.name} compiles each time"
            yield node.name, getattr(module, node.name)()


def methods_of(name: str, tree: ast.Module) -> tuple[str, ...]:
    """Return how a module applies a pattern of its own; one that it keeps among others, as it does any variable."""
    applied: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in _CALLS:
            applied.setdefault(ast.unparse(node.value).removesuffix("()"), set()).add(_CALLS[node.attr])
    variables = {method for on, methods in applied.items() if on.islower() and on != "re" for method in methods}
    return tuple(sorted(applied.get(name) or variables)) or METHODS


def literals(name: str, tree: ast.Module) -> Iterator[Found]:
    """Yield the patterns that stand in calls of ``re`` inside functions; what fills a brace is taken for a word."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for node in (node for function in functions for node in ast.walk(function) if isinstance(node, ast.Call)):
        called = ast.unparse(node.func).removeprefix("re.")
        if not ast.unparse(node.func).startswith("re.") or called not in (*_CALLS, "compile"):
            continue
        given = node.args[0]
        parts = given.values if isinstance(given, ast.JoinedStr) else [given]
        if isinstance(given, ast.Constant | ast.JoinedStr):
            text = "".join(str(one.value) if isinstance(one, ast.Constant) else "word" for one in parts)
            pattern = re.compile(text, re.IGNORECASE if "IGNORECASE" in ast.unparse(node) else 0)
            yield Found(f"{name}:{node.lineno}", pattern, (_CALLS[called],) if called in _CALLS else METHODS)


def patterns() -> list[Found]:
    found: dict[tuple[str, int, tuple[str, ...]], Found] = {}
    for name, module, tree in modules():
        names = {key: value for key, value in vars(module).items() if not key.startswith("__")}
        owned = (*names.items(), *cached(module, tree))
        own = [Found(f"{name}.{key}", one, methods_of(key, tree)) for key, value in owned for one in held(value)]
        for one in (*own, *literals(name, tree)):
            found.setdefault((one.pattern.pattern, one.pattern.flags, one.methods), one)
    return list(found.values())


# --- Hostile input -----------------------------------------------------------------------------------------------

_KINDS = {"CATEGORY_SPACE": " ", "CATEGORY_DIGIT": "7", "CATEGORY_WORD": "w"}
_OTHERS = "z 7!ạក\x00\n"


def samples(parsed: Any) -> Iterator[str]:
    """Yield a text for each thing that a parsed pattern looks for, and for each run of things; the whole comes last."""
    whole = ""
    for operation, argument in parsed:
        texts = list(_samples_of(str(operation), argument))
        yield from texts
        whole += texts[-1] if texts else ""
    yield whole


def _samples_of(operation: str, argument: Any) -> Iterator[str]:
    if operation in ("LITERAL", "NOT_LITERAL"):
        yield chr(argument) if operation == "LITERAL" else next(one for one in _OTHERS if ord(one) != argument)
    elif operation == "ANY":
        yield "z"
    elif operation == "IN":
        yield from _members(argument)
    elif operation in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        yield from samples(argument[2])
    elif operation in ("SUBPATTERN", "ASSERT", "ASSERT_NOT"):
        yield from samples(argument[-1])
    elif operation == "ATOMIC_GROUP":
        yield from samples(argument)
    elif operation == "BRANCH":
        for branch in argument[1][:12]:
            yield from samples(branch)
    elif operation == "GROUPREF_EXISTS":
        for branch in filter(None, argument[1:]):
            yield from samples(branch)


def _members(members: Any) -> Iterator[str]:
    if str(members[0][0]) == "NEGATE":
        kept = re.compile("[^" + "".join(map(_in_class, members[1:])) + "]")
        yield from [one for one in _OTHERS if kept.match(one)][:3]
        return
    for operation, argument in members[:8]:
        if str(operation) == "LITERAL":
            yield chr(argument)
        elif str(operation) == "RANGE":
            yield chr(argument[0])
        else:
            yield _KINDS.get(str(argument), "!")


def _in_class(member: Any) -> str:
    operation, argument = str(member[0]), member[1]
    if operation == "RANGE":
        return f"{re.escape(chr(argument[0]))}-{re.escape(chr(argument[1]))}"
    if operation == "CATEGORY":
        kind = str(argument).removeprefix("CATEGORY_")
        letter = kind.removeprefix("NOT_")[0].lower()
        return "\\" + (letter.upper() if kind.startswith("NOT_") else letter)
    return re.escape(chr(argument))


def hostile(pattern: re.Pattern[str], length: int) -> Iterator[Callable[[int], str]]:
    """Yield makers of input for a pattern, which take a length."""
    parsed = import_module("re._parser").parse(pattern.pattern, pattern.flags)
    pieces = list(dict.fromkeys(filter(None, samples(parsed))))
    single = [*dict.fromkeys("".join(pieces))][:10]
    pairs = [a + b for a, b in product(single[:6], repeat=2) if a != b]
    pumped = dict.fromkeys([*sorted(pieces, key=len)[-6:], *single, *pairs])
    whole = pieces[-1] if pieces else ""
    for pump, head, tail in product(pumped, ("", whole), ("", "\x00", *single[:2], whole)):
        yield lambda n, pump=pump, head=head, tail=tail: head + (pump * (n // len(pump) + 1))[:n] + tail  # type: ignore[misc]


# --- Measuring ---------------------------------------------------------------------------------------------------


class TooSlowError(Exception):
    """A pattern has not come to an end in time."""


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """Raise TooSlowError where what is inside takes longer: matching listens to signals."""

    def give_up(number: int, frame: FrameType | None) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def seconds(pattern: re.Pattern[str], method: str, text: str) -> float:
    """Return the time of this thread that a pattern takes on a text."""
    started = time.thread_time()
    if method == "finditer":
        for _ in pattern.finditer(text):
            pass
    else:
        getattr(pattern, method)(text)
    return time.thread_time() - started


def grows(pattern: re.Pattern[str], method: str, make: Callable[[int], str]) -> str:
    """Return how the time for a pattern grows beyond bounds; nothing where it does not."""
    told = ""
    for _ in range(3):
        with patience(PATIENCE):
            middle = seconds(pattern, method, make(MIDDLE))
            large = seconds(pattern, method, make(LARGE))
        if large <= GROWTH * max(middle, AT_LEAST):
            return ""
        told = f"{MIDDLE} characters take {middle:.4f} s, {LARGE} take {large:.4f} s"
    return told


def worst(pattern: re.Pattern[str], method: str) -> str:
    """Return what is wrong with a pattern applied in one way."""
    timed: list[tuple[float, int, Callable[[int], str]]] = []
    for make in hostile(pattern, SMALL):
        for length in (24, SMALL):
            try:
                with patience(PATIENCE):
                    took = seconds(pattern, method, make(length))
            except TooSlowError:
                return f"{method} of {make(24)!r} does not end"
        timed.append((took, len(timed), make))
    for _, _, make in sorted(timed)[-KEPT:]:
        try:
            told = grows(pattern, method, make)
        except TooSlowError:
            told = f"{LARGE} characters take over {PATIENCE} s"
        if told:
            return f"{method} of {make(12)!r} and so on: {told}"
    return ""


FOUND = patterns()


def test_patterns_are_found() -> None:
    where = {one.where for one in FOUND}
    assert {"resolver.text.khmer._CANONICAL", "resolver.text.function_words._function_word"} <= where
    assert any(one.startswith("resolver.text.persons:") for one in where), "literals inside functions"


@pytest.mark.parametrize("found", FOUND, ids=lambda found: found.where)
def test_time_grows_with_the_length_only(found: Found) -> None:
    problems = [problem for method in found.methods if (problem := worst(found.pattern, method))]
    assert problems == [], f"{found.where}: {found.pattern.pattern!r}"


@pytest.mark.parametrize("bad", ["(?:a+|b)*", r"\s*,"])
def test_bad_patterns_are_noticed(bad: str) -> None:
    assert worst(re.compile(bad), "fullmatch") or worst(re.compile(bad), "finditer")
