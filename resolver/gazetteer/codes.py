"""Official codes: which unit a code means, and on which days.

A code is not an identity: 91 was Kiên Giang until 2025-06-30 and is An Giang since then. Spreadsheets remove leading
zeros of a code, so numbers are found by their value.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from resolver.days import FIRST_DAY, LAST_DAY, day_range
from resolver.gazetteer.reader import Tables

__all__ = ["Codes", "Holder", "written"]

_SCHEMES = frozenset({"iso3166-2", "iso3166-1-alpha-3", "pcode"})
_NUMBER = re.compile(r"(\d+)(?:[.,]0*)?", re.ASCII)
_LETTERS = re.compile(r"[A-Z]{2,3}-?\w{0,8}", re.ASCII)
_LONGEST = 40
"""Most characters of a code with anything that may be around it."""
_TYPES = ("country", "province", "district", "commune")


@dataclass(frozen=True, slots=True)
class Holder:
    """A unit and the days on which it had a code, from ``first`` until the day before ``end``."""

    entity: int
    code: str
    first: int
    end: int


def written(text: str) -> str:
    """Return a code in standard form, without ``.0``, quotes and spaces; ``""`` for a text that is not a code.

    >>> written(" 91.0 "), written("'00004"), written("vn-44"), written("Hà Nội")
    ('91', '00004', 'VN-44', '')
    """
    if len(text := text.strip()) > _LONGEST:
        return ""
    plain = unicodedata.normalize("NFKC", text).strip().strip("'\"").strip().upper()
    plain = "".join(str(unicodedata.digit(letter, letter)) for letter in plain)
    number = _NUMBER.fullmatch(plain)
    return number[1] if number else plain if _LETTERS.fullmatch(plain) else ""


class Codes:
    """The codes of one gazetteer: GSO/NSO for Vietnam, NCDD for Cambodia, ISO 3166-1 and 3166-2, P-codes."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        texts = arrays["code_texts"].tobytes().decode().split("\n")
        self._holders: dict[str, list[Holder]] = defaultdict(list)
        columns = (arrays["code_entity"].tolist(), arrays["code_days"].tolist())
        for code, entity, (first, end) in zip(texts, *columns, strict=True):
            self._holders[_key(code)].append(Holder(entity, code, first, end))

    @staticmethod
    def arrays(
        records: Sequence[Mapping[str, Any]], numbers: Mapping[str, int], tables: Tables
    ) -> dict[str, NDArray[Any]]:
        """Return the codes of a gazetteer's places as arrays."""
        found: list[tuple[str, int, int, int]] = []
        for number, record in enumerate(records):
            if record["type"] in _TYPES:
                for valid_from, valid_to, *_, code in record["versions"]:
                    found.append((code, number, *_span(valid_from, valid_to)))
        for row in tables["identifiers"]:
            if row["scheme"] in _SCHEMES and row["id"] in numbers:
                found.append((row["value"], numbers[row["id"]], *_span(row["valid_from"], row["valid_to"])))
        kept = sorted({entry for entry in found if entry[0]})
        return {
            "code_texts": np.frombuffer("\n".join(code for code, *_ in kept).encode(), np.uint8),
            "code_entity": np.array([entity for _, entity, *_ in kept], np.int32),
            "code_days": np.array([days for _, _, *days in kept], np.int32).reshape(-1, 2),
        }

    def holders(self, code: str) -> list[Holder]:
        """Return the units that have or had a code, given in the form that ``written`` returns.

        A number with a leading zero is complete; one without may have lost its zeros.
        """
        found = self._holders.get(_key(code), [])
        full = [holder for holder in found if holder.code == code]
        return full if full and code.startswith("0") else list(found)


def _key(code: str) -> str:
    return (code.lstrip("0") or "0") if code.isdecimal() else code.upper()


def _span(valid_from: str, valid_to: str) -> tuple[int, int]:
    return (
        day_range(valid_from)[0] if valid_from else FIRST_DAY,
        day_range(valid_to)[0] if valid_to else LAST_DAY,
    )
