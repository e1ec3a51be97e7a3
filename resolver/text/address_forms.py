"""Forms of addresses that other tables do not tell: letters for units, ordinals, and postal codes beside a name."""

from __future__ import annotations

import re

from resolver.text.localities import takes_number

__all__ = ["in_words", "may_be_unit"]

_START, _END = r"(?:^|(?<=,))\s*", r"\s*(?=,|$)"
_WARD = re.compile(rf"{_START}W\.?\s?(?P<number>\d{{1,2}}){_END}", re.IGNORECASE)
_DISTRICT = re.compile(
    rf"{_START}D\.?\s?(?P<number>\d{{1,2}}){_END}(?P<city>(?:,\s*(?:HCMC|Saigon|[^,]*\bCity\b))?)", re.IGNORECASE
)
_BEHIND_WARD = re.compile(r"(?:^|,)\s*(?:ward|phường|phuong|p\.?)\s?\d{1,2}\s*,$", re.IGNORECASE)
_LONGEST_WARD = 24
_FEW_PARTS, _LEAST_WORDS = 2, 2
_UNIT = re.compile(r"\s*[DW]\.?\s?\d{1,2}\s*", re.IGNORECASE)
_ORDINAL = re.compile(r"(?:\b(?:le|du|au)\s+)?\b(\d{1,2})\s?(?:er|ère|ème|eme|e|è)\s+arrondissement\b", re.IGNORECASE)
_NUMBERED_OF = re.compile(r"(?:\ble\s)?\b((?:arrondissement|district)\s\d{1,2})\sd(?:e\s|['’])", re.IGNORECASE)
_LEAST_CODE, _MOST_CODE = 5, 6
"""Digits of a postal code."""


def in_words(text: str) -> str:
    """Return an address with the words for units that letters stand for, and with a comma beside a postal code.

    ``D1`` is a district only before a city in English, or behind a ward: in Vietnamese it is a street's.

    >>> in_words("10 Hai Ba Trung, W.5, D3, HCMC"), in_words("123 D2, Phường 25")
    ('10 Hai Ba Trung, Ward 5, District 3, HCMC', '123 D2, Phường 25')
    >>> in_words("Hanoi 100000, Vietnam"), in_words("100000 Hà Nội"), in_words("Đường số 10000")
    ('Hanoi, 100000, Vietnam', '100000, Hà Nội', 'Đường số 10000')
    >>> in_words("le 7e arrondissement de Hô Chi Minh-Ville")
    'arrondissement 7, Hô Chi Minh-Ville'
    """
    if not any(map(str.isdecimal, text)):
        return text
    told = _WARD.sub(lambda found: f" Ward {found['number']}" if found.start() else f"Ward {found['number']}", text)
    told = _DISTRICT.sub(_district, told)
    if "rrondissement" in told or "istrict" in told:
        told = _NUMBERED_OF.sub(r"\1, ", _ORDINAL.sub(r"arrondissement \1", told))
    if sum(map(str.isdecimal, told)) >= _LEAST_CODE:
        parts = told.split(",")
        told = ",".join([_code_apart(part, ahead=len(parts) <= _FEW_PARTS and not at) for at, part in enumerate(parts)])
    return told


def may_be_unit(text: str) -> bool:
    """Whether a part of an address may be a unit in letters, depending on the parts beside it.

    >>> may_be_unit("D.1"), may_be_unit("D1 Tower")
    (True, False)
    """
    return _UNIT.fullmatch(text) is not None


def _district(found: re.Match[str]) -> str:
    before = found.string[max(0, found.start() - _LONGEST_WARD) : found.start()]
    if not found["city"] and not _BEHIND_WARD.search(before):
        return found.group()
    return f"{' ' if found.start() else ''}District {found['number']}{found['city']}"


def _code_apart(part: str, *, ahead: bool) -> str:
    """Return a part with a comma between a name and the postal code behind it, or ``ahead`` of it."""
    words = part.split()
    if len(words) < _LEAST_WORDS or sum(map(str.isdecimal, part)) > _MOST_CODE:
        return part
    first, last = words[0], words[-1]
    if last.isdecimal() and len(last) >= _LEAST_CODE and not takes_number(words[-2]):
        return f"{part.rstrip().removesuffix(last).rstrip()}, {last}"
    if ahead and first.isdecimal() and len(first) >= _LEAST_CODE:
        return f"{first}, {part.lstrip().removeprefix(first).lstrip()}"
    return part
