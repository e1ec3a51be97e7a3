"""Short names of bodies and offices, as the press uses them: Bộ Giáo dục, Bí thư Hà Nội, Mayor of Hanoi.

They follow by rule from the names in the gazetteer: a ministry is called by its first subject, the heads of a province
or city by its name. Each is used as long as the name it is made of, so that a date decides among namesakes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["shortened"]

_SUBJECTS = {"vi": re.compile(r" và |, | - | – | (?=vận tải)"), "en": re.compile(r",? and |, ")}
_MINISTRY = {
    "vi": re.compile(r"((?:Bộ trưởng |Thứ trưởng )?Bộ (?!trưởng))(.+?)((?: Việt Nam)?)"),
    "en": re.compile(r"((?:Minister|Ministry|Deputy Minister) of )(.+?)((?: of (?:Cambodia|Vietnam))?)"),
}
_RULES: dict[str, tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]] = {
    "vi": (
        (re.compile(r"Bí thư (?:Tỉnh ủy|Thành ủy) (.+)"), ("Bí thư {}",)),
        (re.compile(r"Chủ tịch UBND (?:tỉnh|thành phố) (.+)"), ("Chủ tịch {}",)),
        (re.compile(r"Chủ tịch UBND ((?:Thành phố|TP\.?) .+)"), ("Chủ tịch {}",)),
    ),
    "en": (
        (
            re.compile(r"Chairman of the People's Committee of (.+) City"),
            ("Mayor of {}", "Mayor of {} City", "Chairman of {} City"),
        ),
        (re.compile(r"Chairman of the (.+?)(?: Provincial)? People's Committee"), ("Chairman of {}",)),
        (
            re.compile(r"President of the (.+ (?:Unit|Authority|Agency) of (?:Cambodia|Vietnam))"),
            ("Head of the {}", "Chairman of the {}", "Chief of the {}"),
        ),
    ),
    "fr": ((re.compile(r"président du Comité populaire de la ville d(?:e |['’])(.+)"), ("maire de {}",)),),
}
_COUNTRY = re.compile(" of (?:Cambodia|Vietnam)$")
_SHORTEST = 2


def shortened(name: str, language: str) -> Iterator[tuple[str, bool]]:
    """Yield the short forms of the name of a body or an office, and whether each may mean another country's.

    >>> list(shortened("Bộ trưởng Bộ Giáo dục và Đào tạo", "vi"))
    [('Bộ trưởng Bộ Giáo dục', False), ('Bộ trưởng Bộ Giáo dục Đào tạo', False)]
    >>> list(shortened("Minister of Labour and Vocational Training of Cambodia", "en"))
    [('Minister of Labour of Cambodia', False)]
    >>> list(shortened("Bí thư Tỉnh ủy Kon Tum", "vi"))
    [('Bí thư Kon Tum', False)]
    >>> list(shortened("Bộ trưởng, Chủ nhiệm Ủy ban Dân tộc", "vi"))
    []
    """
    ministry = _MINISTRY[language].fullmatch(name) if language in _MINISTRY else None
    if ministry:
        head, subjects, country = ministry.groups()
        first, *others = _SUBJECTS[language].split(subjects)
        if others:
            yield f"{head}{first}{country}", False
            if language == "vi" and subjects.count(" và ") == len(others) == 1:
                yield f"{head}{first} {others[0]}{country}", False
    for pattern, forms in _RULES.get(language, ()):
        found = pattern.fullmatch(name)
        if found and len(found[1]) > _SHORTEST:
            for form in forms:
                yield form.format(found[1]), False
                if country := _COUNTRY.search(found[1]):
                    yield form.format(found[1][: country.start()]), True
