"""Numbers in names of places, as others write them: ``Hải Châu II`` and ``Hải Châu 2``, ``Ti Muoy`` and ``1``."""

from __future__ import annotations

import re

__all__ = ["ROMAN", "otherwise_written"]

_NUMERALS = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx"
ROMAN = {roman: str(number) for number, roman in enumerate(_NUMERALS.split(), 1)}
"""Roman numbers in small letters, with the Arabic ones."""

_ARABIC = {arabic: roman.upper() for roman, arabic in ROMAN.items()}
_KHMER = {"Muoy": "1", "Pir": "2", "Bei": "3", "Buon": "4"}
_LAST = re.compile(r"(?P<name>.*\D) (?:(?P<roman>[IVX]+)|(?P<arabic>\d+)|Ti (?P<khmer>\w+))")
_STATE_FARM = "NT "


def otherwise_written(name: str) -> tuple[str, ...]:
    """Return the other ways to write a name that ends with a number, or begins with a shortened word.

    >>> otherwise_written("Hải Châu II"), otherwise_written("Boeng Keng Kang Ti Muoy"), otherwise_written("IV")
    (('Hải Châu 2',), ('Boeng Keng Kang 1', 'Boeng Keng Kang I'), ())
    """
    if name.startswith(_STATE_FARM):
        return (f"Nông trường {name.removeprefix(_STATE_FARM)}",)
    found = _LAST.fullmatch(name)
    if not found:
        return ()
    written = ROMAN.get((found["roman"] or "").lower()) or found["arabic"] or _KHMER.get(found["khmer"] or "", "")
    forms = (written, _ARABIC.get(written, ""))
    given = found["roman"] or found["arabic"]
    return tuple(f"{found['name']} {form}" for form in forms if form and form != given)
