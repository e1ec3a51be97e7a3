"""Names other than the official name, and identifiers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from resolver.gazetteer.rules.facts import Facts, Finding

__all__ = ["identifier_form", "language", "name_repeats", "script"]

#: BCP 47 tags of names: km-Latn is Khmer in Latin letters, und is for names of no language.
LANGUAGES = frozenset({"vi", "en", "fr", "km", "km-Latn", "und"})

IDENTIFIERS = {
    "iso3166-1-alpha-3": re.compile(r"[A-Z]{3}"),
    "iso3166-2": re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}"),
    "wikidata": re.compile(r"Q[1-9][0-9]*"),
    "geonames": re.compile(r"[1-9][0-9]*"),
    "pcode": re.compile(r"[A-Z]{2}[0-9]+"),
    "birth-year": re.compile(r"(?:1[0-9]|20)[0-9]{2}"),
    "sex": re.compile("female"),
}

_NOT_LATIN = re.compile("(?![A-Za-z\u00aa\u00ba\u00c0-\u02ff\u1e00-\u1eff])[^\\W\\d_]|[\u1780-\u17ff]")
_KHMER = re.compile("[\u1780-\u17ff]")
_NOT_KHMER = re.compile("(?![\u1780-\u17ff])[^\\W\\d_]")


def name_repeats(facts: Facts) -> Iterator[Finding]:
    """No name repeats an official name that a valid version has in the same language."""
    official: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in facts.tables.standing("versions"):
        official[row["id"]].add((row["language"], row["name"]))
    for row in facts["names"]:
        if (row["language"], row["text"]) in official[row["id"]]:
            yield Finding("names", row.line, f"{row['text']!r} is the official name in versions.csv; remove this row")


def language(facts: Facts) -> Iterator[Finding]:
    """The language of a name is one of vi, en, fr, km, km-Latn and und."""
    for table in ("versions", "names"):
        for row in facts[table]:
            if row["language"] and row["language"] not in LANGUAGES:
                message = f"language {row['language']!r} is not one of {', '.join(sorted(LANGUAGES))}; use one of them"
                yield Finding(table, row.line, message)


def script(facts: Facts) -> Iterator[Finding]:
    """A name in Khmer (km) is written in Khmer letters only, any other in Latin letters only."""
    texts = [("versions", row, row["name"], row["language"]) for row in facts["versions"]]
    texts += [("names", row, row["text"], row["language"]) for row in facts["names"]]
    texts += [("local_types", row, row["km"], "km") for row in facts["local_types"]]
    for table, row, text, tag in texts:
        if not text or (text.isascii() and tag != "km"):
            continue
        wrong = _NOT_KHMER.search(text) or not _KHMER.search(text) if tag == "km" else _NOT_LATIN.search(text)
        if wrong:
            wanted = "Khmer" if tag == "km" else "Latin"
            message = f"{text!r} is not in {wanted} letters, as language {tag} requires; fix the text or the language"
            yield Finding(table, row.line, message)


def identifier_form(facts: Facts) -> Iterator[Finding]:
    """Identifiers have the form of their scheme: Q with digits for Wikidata, KH-7 for ISO 3166-2."""
    for row in facts["identifiers"]:
        form = IDENTIFIERS.get(row["scheme"])
        if form and not form.fullmatch(row["value"]):
            yield Finding("identifiers", row.line, f"{row['value']!r} is not an identifier of {row['scheme']}; fix it")
