"""A cache of all correctly spelt names, scored in advance: most mentions are found here and need no parsing.

A form is a name of the gazetteer in lower case, with and without diacritics, alone and with its type word. For each the
lexicon holds the candidates that the pipeline itself gives for it as an undated mention without context. A mention
that equals a form, ignoring capitals, has the same candidates; for a date ``timed_forms`` adds the features of time.
Mentions with context or typing errors are scored by the pipeline.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import repeat
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolver.engine.timed_forms import TimedForms, TimedPairs, timed_pairs
from resolver.garbage_collection import gc_relaxed
from resolver.index import compiled_files
from resolver.index.index import Index
from resolver.matching.comparison import Query
from resolver.matching.features import depends_on_other_names
from resolver.matching.matcher import Matcher
from resolver.matching.ranking import Candidates, Ints, best, best_pairs, unsettled
from resolver.model import PLACE_TYPES, TYPES, Mention
from resolver.people.roles import may_name_person
from resolver.text import keys

__all__ = ["Asked", "Lexicon", "lowered", "open_lexicon"]

Flags = NDArray[np.bool_]
IsOnlyByName = Callable[[Query], bool]


class Asked(NamedTuple):
    """What the lexicon asks about a parsed form, apart from its names.

    Whether it means something only by its name; whether that is so for every date and type; whether it may name a
    person in another way than by the whole name.
    """

    only_by_name: IsOnlyByName
    at_any_time: IsOnlyByName
    may_be_person: IsOnlyByName


_CHUNK = 20_000
_INNER_CAPITAL = re.compile("[a-zß-öø-ÿ][A-ZÀ-ÖØ-Þ]")
_PLACES = frozenset(map(TYPES.index, PLACE_TYPES))


class Lexicon:
    """The candidates of all forms, in memory or mapped from their ``file``."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]], file: Path | None = None) -> None:
        self.arrays = arrays
        self.file = file
        self._start = arrays["start"]
        # The scores of their candidates depend on whether a country is given.
        self.weak: Flags = arrays["weak"]
        # They may name people by their office or by a part of their name.
        self.personal: Flags = arrays["personal"]
        # Their other meanings depend on the types that may be found.
        self.open: Flags = arrays["open"]
        # With a date, only the features of time have to be added.
        self.timed: Flags = arrays["timed"]
        # With a date, they may name people by their office, by a part of their name, or in another spelling.
        self.personal_then: Flags = arrays["personal_then"]
        # What they mean with a date depends on which other names may be found.
        self.others: Flags = arrays["others"]

    @classmethod
    def compile(cls, matcher: Matcher, asked: Asked) -> Lexicon:
        """Score all forms of an index."""
        plain, spelt = _forms(matcher, asked.only_by_name)
        queries = [*plain, *spelt]
        weighed = [_weighed(matcher, queries[at : at + _CHUNK], asked) for at in range(0, len(queries), _CHUNK)]
        found = [(candidates, flags) for candidates, flags, _ in weighed]
        flags = {name: np.concatenate([one[name] for _, one in found]) for name in found[0][1]}
        columns: dict[str, NDArray[Any]] = {
            field: np.concatenate([getattr(candidates, field) for candidates, _ in found])
            for field in Candidates._fields
            if field != "mention"
        }
        counts = np.concatenate(
            [np.bincount(candidates.mention, minlength=len(one["weak"])) for candidates, one in found]
        )
        return cls(
            {
                "forms": _packed(plain),
                "as_spelt": _packed(spelt),
                "start": np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)]),
                **flags,
                **columns,
                **TimedForms.compile(matcher.index, [timed for _, _, timed in weighed]),
            }
        )

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each form."""
        return {form: number for number, form in enumerate(_unpacked(self.arrays["forms"]))}

    @cached_property
    def _as_spelt(self) -> dict[str, int]:
        """The number of each name whose meaning depends on its exact spelling, including capitals."""
        return {form: number for number, form in enumerate(_unpacked(self.arrays["as_spelt"]), len(self.numbers))}

    def find(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """Return the number of the form that each text equals; -1 if there is none."""
        found = np.fromiter(map(self.numbers.get, lowered(texts), repeat(-1)), np.int64, len(texts))
        # A capital inside a word may be a letter of an old encoding, or half of one.
        if _INNER_CAPITAL.search("\n".join(texts)):
            odd = np.fromiter((_INNER_CAPITAL.search(text) is not None for text in texts), np.bool_, len(texts))
            found[odd] = -1
        for place in np.flatnonzero(found < 0).tolist():
            found[place] = self._as_spelt.get(unicodedata.normalize("NFC", texts[place]), -1)
        return found

    def candidates(self, mentions: NDArray[np.int64], forms: NDArray[np.int64]) -> Candidates:
        """Return the candidates of some mentions (their numbers, ascending) that are forms."""
        first, counts = self._start[forms], self._start[forms + 1] - self._start[forms]
        ends = np.cumsum(counts)
        at = np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(first - (ends - counts), counts)
        of: Ints = np.repeat(mentions, counts).astype(np.int32)
        entity, version, method, log_odds = (self.arrays[field][at] for field in Candidates._fields[1:])
        return Candidates(of, entity, version, method, log_odds)


def open_lexicon(matcher: Matcher, asked: Asked) -> Lexicon | None:
    """Return the lexicon of an index: from the package, else from the cache, else compiled and cached.

    None if the index is only in memory.

    It is valid for one content of the index and one version of the scoring code.
    """
    index = matcher.index
    if index.file is None:
        return None
    code = _code_digest()
    name, made_from = f"{index.file.stem}-{code}.lex", f"{index.content}-{code}"
    # If the index was compiled just now, a warning has been given already.
    found = compiled_files.find(name, made_from=made_from, quiet=index.fresh)
    if found:
        return Lexicon(found.stored.arrays, found.file)
    compiled_files.announce("lexicon")
    with gc_relaxed():
        lexicon = Lexicon.compile(matcher, asked)
    kept = compiled_files.keep(name, lexicon.arrays, {}, made_from=made_from)
    lexicon.file = kept.file if kept else None
    return lexicon


def lowered(texts: Sequence[str]) -> list[str]:
    """Return texts in NFC and lower case."""
    whole = "\n".join(texts)
    if whole.count("\n") != len(texts) - 1:  # A text contains a line break.
        return [unicodedata.normalize("NFC", text).lower() for text in texts]
    if not whole.isascii():
        whole = unicodedata.normalize("NFC", whole)
    return whole.lower().split("\n")


def _code_digest() -> str:
    """Return a digest of all code that determines what a form means."""
    hasher = hashlib.blake2b(digest_size=8)
    package = Path(__file__).parent.parent
    for source in sorted([*package.rglob("*.py"), *package.glob("text/*.csv"), *package.glob("matching/*.csv")]):
        if source.is_file():
            hasher.update(source.read_bytes())
    return hasher.hexdigest()


def _weighed(
    matcher: Matcher, queries: Sequence[Query], asked: Asked
) -> tuple[Candidates, dict[str, Flags], TimedPairs]:
    """Return the candidates of parsed forms, the flags of each form, and its pairs for mentions with dates."""
    found: list[Candidates] = []
    timed: TimedPairs | None = None
    flags = {name: np.zeros(len(queries), np.bool_) for name in ("weak", "open")}
    for batch, scores in matcher.score(queries):
        if timed is None:
            timed = timed_pairs(batch, scores)
            flags["open"] = unsettled(batch.pairs.mention, scores.log_odds, len(queries))
        flags["open"][batch.pairs.mention[depends_on_other_names(batch)]] = True
        flags["weak"][batch.pairs.mention[scores.columns["weak_name"] != 0]] = True
        found.append(best_pairs(batch, scores))
    flags["personal"] = np.array([may_name_person((), query.parsed) for query in queries], np.bool_)
    assert timed is not None
    by_name = np.array([asked.at_any_time(query) for query in queries], np.bool_)
    flags |= {"timed": by_name & ~timed.otherwise, "others": timed.others}
    flags["personal_then"] = np.array([asked.may_be_person(query) for query in queries], np.bool_)
    return best(*found), flags, timed


def _forms(matcher: Matcher, is_only_by_name: IsOnlyByName) -> tuple[list[Query], list[Query]]:
    """Return all forms, and the names that are parsed differently without their capitals: those with several parts.

    The latter are also in capitals and without diacritics, where they mean something only by their name.
    """
    index, texts = matcher.index, matcher.index.texts
    names = [texts[text] for text in index.row_text.tolist()]
    asked = matcher.parse([Mention(unicodedata.normalize("NFC", name)) for name in names])
    plain: dict[str, str] = {}
    spelt: dict[str, Query] = {}
    for entity, language, query in zip(index.row_entity.tolist(), index.row_language.tolist(), asked, strict=True):
        name = query.mention.text
        if any(reading.around for reading in query.parsed.readings):
            spelt[name] = query
            continue
        for form in (name, *_worded(index, entity, name, index.languages[language])):
            plain.setdefault(form.lower(), form)
            plain.setdefault(str(keys.fold(form)), form)
    plain.pop("", None)
    # In lower case a name may split into parts that it does not have with its capitals.
    whole = matcher.parse([Mention(form) for form in plain])
    forms = {one.mention.text: one for one in whole if not any(reading.around for reading in one.parsed.readings)}
    parted = [*spelt, *(plain[form] for form in plain.keys() - forms.keys())]
    written = {text for form in parted for text in (form, str(keys.fold(form)), form.upper())} - spelt.keys()
    others = matcher.parse([Mention(text) for text in sorted(written)])
    return [*forms.values()], [*spelt.values(), *filter(is_only_by_name, others)]


def _packed(queries: Sequence[Query]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join([query.mention.text for query in queries]).encode(), np.uint8)


def _unpacked(array: NDArray[Any]) -> list[str]:
    return array.tobytes().decode().split("\n") if len(array) else []


def _worded(index: Index, entity: int, name: str, language: str) -> Iterator[str]:
    """Yield a name with the type words of what the entity is or was."""
    if index.entity_type[entity] not in _PLACES:
        return
    record = index.record(entity)
    for local_type in {version.local_type: None for version in record.versions}:
        words = index.local_types.get(f"{record.country}:{record.type}:{local_type}")
        if not words:
            continue
        if language == "en" and words["en"]:
            yield f"{name} {words['en']}"
        elif language == "km":
            yield f"{words['km']}{name}"
        elif language == "fr" and words["fr"]:
            yield f"{words['fr']} d'{name}" if keys.fold(name)[:1] in "aeiouy" else f"{words['fr']} de {name}"
        elif language != "fr" and words["official"]:
            yield f"{words['official']} {name}"
