"""How fast names are found in running text, beside finders that only find: bare automata, spaCy and flashtext.

    python -m tests.benchmarks.annotate        # prints a table; those of the finders that are installed are measured

All look for the same names in the same texts, in one process on one core, timed by processor time. The texts are
the passages of ``tests/eval/passages`` with plain sentences around them, so that names are as dense as in news. What is
timed first is a text seen for the first time, then one whose names have been asked about before.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from time import process_time
from typing import Any

from resolver import Resolver
from resolver.annotation.folding import fold, folded_name
from tests.eval import passages

__all__ = ["corpus", "finders", "main"]

LANGUAGES = ("vi", "en", "fr", "km")
PLAIN = {
    "vi": "Cuộc họp diễn ra trong không khí cởi mở và hai bên đã trao đổi nhiều việc của năm qua. ",
    "en": "The talks were held in an open mood and both sides looked back at the work of the past year. ",
    "fr": "Les entretiens se sont tenus dans une bonne entente et les deux parties ont fait le bilan de l'année. ",
    "km": "កិច្ចប្រជុំនេះបានប្រព្រឹត្តទៅក្នុងបរិយាកាសល្អ ហើយភាគីទាំងពីរបានពិភាក្សាគ្នា។ ",
}
WARM = "Colonel Dao Hai Dan, xã Phúc Khánh, huyện Bảo Yên, tỉnh Lào Cai; Kampot, កំពត."
"""A text for which everything is opened that is opened once."""

LATER = 5
"""Later days on which the same texts are annotated again."""

BETWEEN = 6
"""Plain sentences after each passage."""


def corpus(language: str) -> list[tuple[str, str]]:
    """Return texts in a language with their days."""
    found = [one for half in passages.HALVES for one in passages.read(half) if one.language == language]
    return [(f"{one.text}\n{PLAIN[language] * BETWEEN}\n", one.date) for one in found]


def names(resolver: Resolver) -> list[str]:
    """Return the names that are looked for, as they stand in folded texts."""
    texts = {f" {bare} " for text in resolver._index.texts if len(bare := folded_name(text)) > 2}
    return sorted(texts)


def finders(patterns: list[str]) -> Iterator[tuple[str, Callable[[str], object]]]:
    """Yield what finds these names in a folded text: those finders that are installed."""
    for name, make in (("pyahocorasick", _pyahocorasick), ("ahocorasick-rs", _rust), ("flashtext", _flashtext)):
        try:
            yield name, make(patterns)
        except ImportError:
            print(f"{name} is not installed", file=sys.stderr)
    try:
        yield "spaCy PhraseMatcher", _spacy(patterns)
    except ImportError:
        print("spacy is not installed", file=sys.stderr)


def _pyahocorasick(patterns: list[str]) -> Callable[[str], object]:
    automaton: Any = import_module("ahocorasick").Automaton()
    for number, pattern in enumerate(patterns):
        automaton.add_word(pattern, number)
    automaton.make_automaton()
    return lambda text: list(automaton.iter(text))


def _rust(patterns: list[str]) -> Callable[[str], object]:
    automaton: Any = import_module("ahocorasick_rs").AhoCorasick(patterns)
    return lambda text: automaton.find_matches_as_indexes(text, overlapping=True)


def _flashtext(patterns: list[str]) -> Callable[[str], object]:
    processor: Any = import_module("flashtext").KeywordProcessor()
    processor.add_keywords_from_list([pattern.strip() for pattern in patterns])
    return lambda text: processor.extract_keywords(text, span_info=True)


def _spacy(patterns: list[str]) -> Callable[[str], object]:
    matcher_of: Any = import_module("spacy.matcher").PhraseMatcher
    language: Any = import_module("spacy").blank("xx")
    matcher = matcher_of(language.vocab)
    matcher.add("name", list(language.tokenizer.pipe(pattern.strip() for pattern in patterns)))
    return lambda text: matcher(language(text))


def megabytes_a_second(texts: list[str], run: Callable[[str], object], times: int) -> float:
    """Return how many megabytes of text (UTF-8) are gone through in a second of processor time."""
    began = process_time()
    for _ in range(times):
        for text in texts:
            run(text)
    return times * sum(len(text.encode()) for text in texts) / (process_time() - began) / 1e6


def main() -> None:
    """Print a table of megabytes a second, a line for each finder and a column for each language."""
    resolver = Resolver()
    patterns = names(resolver)
    print(f"{len(patterns):,} names; MB/s of processor time; texts in {', '.join(LANGUAGES)}")
    texts = {language: corpus(language) for language in LANGUAGES}
    folded = {language: [f" {fold(text).folded} " for text, _ in texts[language]] for language in LANGUAGES}
    for name, find in finders(patterns):
        _print(name, [megabytes_a_second(folded[language], find, 5) for language in LANGUAGES])
    for name, values in annotated(resolver, texts).items():
        _print(name, values)


def annotated(resolver: Resolver, texts: dict[str, list[tuple[str, str]]]) -> dict[str, list[float]]:
    """Return the speeds of ``annotate``: for names not asked about before, one by one and together, and for others.

    The last is for the same texts on later days: names recur, but each day has other texts.
    """
    resolver.annotate(WARM)
    found: dict[str, list[float]] = {
        "annotate, first time": [],
        "annotate_many, first": [],
        "annotate, names known": [],
        "annotate_many, later": [],
    }
    for documents in texts.values():
        days = [day for _, day in documents]
        bare = [text for text, _ in documents]
        alone, together, known, later = found.values()
        _forget(resolver)
        alone.append(_speed(bare, partial(_one_by_one, resolver, documents)))
        known.append(_speed(bare, partial(_one_by_one, resolver, documents)))
        _forget(resolver)
        together.append(_speed(bare, partial(_together, resolver, bare, days)))
        later.append(_speed(bare * LATER, partial(_on_later_days, resolver, bare, days)))
    return found


def _day_after(day: str) -> str:
    return (dt.date.fromisoformat(day) + dt.timedelta(days=1)).isoformat() if day else day


def _forget(resolver: Resolver) -> None:
    """Let go of all answers, but not of the patterns."""
    resolver._annotators.clear()
    resolver.annotate("Kampot")


def _one_by_one(resolver: Resolver, documents: list[tuple[str, str]]) -> list[object]:
    return [resolver.annotate(text, date=day) for text, day in documents]


def _together(resolver: Resolver, texts: list[str], days: list[str]) -> list[object]:
    return list(resolver.annotate_many(texts, dates=days))


def _on_later_days(resolver: Resolver, texts: list[str], days: list[str]) -> list[object]:
    found: list[object] = []
    for _ in range(LATER):
        days = [_day_after(day) for day in days]
        found += _together(resolver, texts, days)
    return found


def _speed(texts: list[str], run: Callable[[], object]) -> float:
    began = process_time()
    run()
    return sum(len(text.encode()) for text in texts) / (process_time() - began) / 1e6


def _print(name: str, values: list[float]) -> None:
    print(f"{name:<24}" + "".join(f"{value:>10.3f}" for value in values))


if __name__ == "__main__":
    main()
