"""What the words of a name, and the titles before it, say of its bearer: a woman or a man, an officer of low rank."""

from __future__ import annotations

from resolver.text import vietnamese
from resolver.text.terms import Title

__all__ = ["has_lowly_title", "sex_by_name"]

_BY_MIDDLE_NAME = {"thị": "f", "thi": "f", "văn": "m", "van": "m"}
_LOWLY = frozenset({"vn-thieu-uy", "vn-trung-uy", "vn-thuong-uy", "vn-dai-uy", "vn-thieu-ta", "kh-captain", "kh-major"})
"""Ranks below those of those whom the gazetteer knows: they command provinces and ministries."""

_LEARNED = frozenset({"vn-tien-si", "vn-pho-giao-su", "vn-giao-su"})


def sex_by_name(name: str) -> str:
    """Return ``f`` or ``m`` if the middle name of a Vietnamese says it, else an empty text.

    >>> sex_by_name("Nguyễn Thị Kim Ngân"), sex_by_name("Phan Văn Mãi"), sex_by_name("Trần Thi")
    ('f', 'm', '')
    """
    words = vietnamese.normalise(name).lower().split()
    bare = name.isascii()
    said = {_BY_MIDDLE_NAME[word] for word in words[1:-1] if word in _BY_MIDDLE_NAME and (bare or not word.isascii())}
    return said.pop() if len(said) == 1 else ""


def has_lowly_title(titles: tuple[Title, ...]) -> bool:
    """Whether one of some titles is a rank below colonel, or says which work somebody does (luật sư, bác sĩ).

    With a doctor's or a professor's title before it, the work is no more than a subject.
    """
    learned = any(title.concepts & _LEARNED for title in titles)
    return any(title.kind == "occupation" and not learned for title in titles) or any(
        title.concepts and title.concepts <= _LOWLY for title in titles
    )
