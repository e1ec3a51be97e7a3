"""Vietnamese: possible syllables, one spelling of each, and the comparison of diacritics of two names.

Sources: VIQR (RFC 1456) for the symbols of `marks`. The rhymes follow the standard orthography, with the onsets and
codas of highland names added.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import product
from typing import Literal

from resolver.text.unicode import fold_latin

__all__ = [
    "FUNCTION_WORDS",
    "accents",
    "fold",
    "is_syllable",
    "is_vietnamese",
    "marks",
    "normalise",
    "strip_function_words",
    "with_other_i",
]

FUNCTION_WORDS: frozenset[str] = frozenset({"của", "và", "ở", "tại", "thuộc"})

# --- Syllables -------------------------------------------------------------------------------------------------


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_VOWELS = "aăâeêioôơuưy"
_TONE_MARKS = {"\u0300": "`", "\u0301": "'", "\u0309": "?", "\u0303": "~", "\u0323": "."}
_TONED: dict[str, tuple[str, str]] = {
    unicodedata.normalize("NFC", vowel + mark): (vowel, tone) for vowel in _VOWELS for mark, tone in _TONE_MARKS.items()
}
_WITH_TONE = {parts: letter for letter, parts in _TONED.items()}

_ONSETS = _words(
    "ngh ng nh gh gi kh ph th tr ch qu b c d đ g h k l m n p r s t v x"
    # Onsets of highland and Khmer names as Vietnam writes them: Krông, Đrắk, Plei, Brăng.
    " kr đr pl br pr kl đl bl gr sr"
)
_ONSET = re.compile("(" + "|".join(sorted(_ONSETS, key=len, reverse=True)) + ")")
_RHYMES = _words(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc
    oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh uêu ui um un ung uơ uôc uôi uôm uôn uông uôp uôt up ut
    uy uya uych uyn uynh uyên uyêt uyt uyu
    ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu
    ăk ak âk ôk ok uk ưk ek êk ơk
    """
)
_QU_RHYMES = _RHYMES | _words("yn ynh yt ych yên yêt yêu yu")
_FRONT = re.compile("[iêey]")
_STOPPED = ("c", "ch", "p", "t", "k")
_CODA = re.compile("[^" + _VOWELS + "]*$")
_LETTERS = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=65_536)
def is_syllable(word: str) -> bool:
    """Return whether ``word`` (NFC, any case) can be one written syllable of Vietnamese, including its tone.

    Syllables without any mark count. A stopped syllable (-c, -ch, -p, -t) with marks must have the rising tone or the
    dot below. Both positions of the tone in oa, oe and uy are correct.

    >>> is_syllable("Nguyễn"), is_syllable("hoà"), is_syllable("Côc"), is_syllable("thuạ")
    (True, True, False, False)
    """
    word = word.lower()
    if word == "gi":
        return True
    plain = ""
    tone, toned_at = "", -1
    for position, letter in enumerate(word):
        if letter in _TONED:
            if tone:
                return False
            letter, tone = _TONED[letter]  # noqa: PLW2901
            toned_at = position
        plain += letter
    return any(
        _is_rhyme(onset, plain[len(onset) :], tone, toned_at - len(onset), bare=word.isascii())
        for onset in _onsets(plain)
    )


def _onsets(plain: str) -> tuple[str, ...]:
    """Return the possible onsets of a toneless syllable: gi- is also g before i."""
    found = _ONSET.match(plain)
    if found is None:
        return ("",)
    return ("gi", "g") if found[0] == "gi" else (found[0],)


def _is_rhyme(onset: str, rhyme: str, tone: str, toned_at: int, *, bare: bool) -> bool:
    if bare:
        return _possible_bare(rhyme)
    if rhyme not in (_QU_RHYMES if onset == "qu" else _RHYMES) or not _agree(onset, rhyme):
        return False
    coda = _CODA.search(rhyme)
    if coda is not None and coda[0] in _STOPPED and tone not in ("'", "."):
        return False
    return not tone or toned_at in _tone_places(rhyme)


_BARE_RHYMES = frozenset(fold_latin(rhyme) for rhyme in _QU_RHYMES)


def _possible_bare(rhyme: str) -> bool:
    return rhyme in _BARE_RHYMES


# Kông, Kon, Kạn, Kang: k before other vowels in names from minority languages.
_AFTER_K = _words("a an ang on ôn ông")


def _agree(onset: str, rhyme: str) -> bool:
    """Check the spelling rules between an onset and the vowel after it."""
    front = _FRONT.match(rhyme) is not None
    if onset in ("gh", "ngh"):
        return front
    if onset == "k":
        return front or rhyme[-1] == "k" or rhyme in _AFTER_K
    if onset in ("c", "ng"):
        return not front
    if onset == "g":
        return not front or (rhyme[0] == "i" and rhyme != "ia")
    return not (onset and rhyme[:2] == "yê" and onset != "qu")


def _tone_places(rhyme: str) -> tuple[int, ...]:
    """Return the letters of a toneless rhyme that may have the tone mark."""
    shaped = [position for position, letter in enumerate(rhyme) if letter in "ăâêôơư"]
    if shaped:
        return (shaped[-1],)
    vowels = len(rhyme) - len((_CODA.search(rhyme) or [""])[0])
    if vowels == 1:
        return (0,)
    if rhyme in ("oa", "oe", "uy"):
        return (0, 1)
    return (0,) if vowels == 2 and vowels == len(rhyme) else (1,)


def is_vietnamese(text: str) -> bool:
    """Return whether every word of ``text`` can be a Vietnamese syllable, with or without its marks.

    >>> is_vietnamese("Thị xã Kiến Tường"), is_vietnamese("Phnom Penh"), is_vietnamese("")
    (True, False, False)
    """
    words = _LETTERS.findall(unicodedata.normalize("NFC", text))
    return bool(words) and all(is_syllable(word) for word in words)


# --- Spelling --------------------------------------------------------------------------------------------------

_ETH = re.compile(r"\b[ÐðƉɖ]")
_NEW_PLACE = re.compile(
    r"(?<![qQ\W\d_])([oO][àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ]|[uU][ỳýỷỹỵỲÝỶỸỴ])(?![^\W\d_])|\b[uU][ỳýỷỹỵỲÝỶỸỴ]\b|\b[oO][àáảãạÀÁẢÃẠ]\b"
)
_OLD_PLACE = {
    first + _WITH_TONE[second, tone]: _WITH_TONE[first, tone] + second
    for first, second in ("oa", "oe", "uy")
    for tone in _TONE_MARKS.values()
}
_OLD_PLACE |= {
    cased(pair): cased(old) for pair, old in list(_OLD_PLACE.items()) for cased in (str.upper, str.capitalize)
} | {pair[0] + pair[1].upper(): old[0] + old[1].upper() for pair, old in list(_OLD_PLACE.items())}


_OTHER_I = dict(zip("iìíỉĩịyỳýỷỹỵ", "yỳýỷỹỵiìíỉĩị", strict=True))
_FINAL_I = re.compile(rf"(?:(?<=\b[hklmstv])|(?<=\b[Qq]u)|(?<=\b[HKLMSTV]))([{''.join(_OTHER_I)}])\b")


def normalise(text: str) -> str:
    """Return ``text`` (NFC) in one spelling: tone marks in the old position (hòa, thúy, khỏe), initial eth as Đ.

    The General Statistics Office uses the old position. The letters y and i do not change (Lý, Lí), and neither does
    case. A tone is moved only at the end of a word, where the two styles differ: toàn and quý do not change.

    >>> normalise("Thuý, Hoà Bình, Ðà Nẵng, quý, toàn")
    'Thúy, Hòa Bình, Đà Nẵng, quý, toàn'
    """
    if text.isascii():
        return text
    text = _ETH.sub(lambda eth: "Đ" if eth[0] in "ÐƉ" else "đ", text)
    return _NEW_PLACE.sub(lambda pair: _OLD_PLACE[pair[0]], text)


def with_other_i(name: str) -> tuple[str, ...]:
    """Return the other spellings of a name's syllables that end in *i* or *y* after one consonant or *qu*.

    The sound is the same, and both are in use: the Ministry of Education writes *i* (decision 1989 of 2018, article 9),
    but names as they are, mostly with *y*.

    >>> with_other_i("Lý Sơn"), with_other_i("Phú Quí"), with_other_i("Mỹ Lý"), with_other_i("Thúy Sơn")
    (('Lí Sơn',), ('Phú Quý',), ('Mỹ Lí', 'Mĩ Lý', 'Mĩ Lí'), ())
    """
    found = _FINAL_I.split(name)
    if len(found) == 1:
        return ()
    pieces = ([piece, _OTHER_I[piece]] if number % 2 else [piece] for number, piece in enumerate(found))
    return tuple(spelt for choice in product(*pieces) if (spelt := "".join(choice)) != name)


def fold(text: str) -> str:
    """Return ``text`` in lower case with every Latin letter as bare ASCII (đ becomes d); other characters are kept.

    >>> fold("Thị xã Đức Phổ")
    'thi xa duc pho'
    """
    return fold_latin(text)


def strip_function_words(text: str) -> str:
    """Return ``text`` without leading words such as "của" and "ở"; never empty unless ``text`` is.

    >>> strip_function_words("của tỉnh Kiên Giang")
    'tỉnh Kiên Giang'
    """
    first, _, rest = text.partition(" ")
    while rest and first.lower() in FUNCTION_WORDS:
        text = rest
        first, _, rest = text.partition(" ")
    return text


# --- Comparison of diacritics ---------------------------------------------------------------------------------------

_SYMBOLS = {**_TONE_MARKS, "\u0306": "(", "\u0302": "^", "\u031b": "+", "\u0308": '"', "\u0327": ","}
_STROKE = "-"
_FOREIGN_MARKS = str.maketrans("", "", '",')
# The marked letters of a French keyboard, in the notation of `marks`.
_FRENCH_LETTERS = frozenset(
    {"a^", "e^", "i^", "o^", "u^", "a`", "e`", "u`", "e'", *("aeiouycsnlbdfghjkmpqrtvwxz0123456789")}
)


def _letters(text: str) -> list[tuple[str, str]]:
    """Return each letter, digit and mark of ``text`` that folding keeps, with the symbols of its diacritics."""
    letters: list[tuple[str, str]] = []
    for character in unicodedata.normalize("NFC", text).lower():
        kept = _letters_of(character)
        if kept is not None:
            letters += kept
        elif letters:
            letter, found = letters[-1]
            letters[-1] = letter, "".join(sorted(found + _SYMBOLS.get(character, character)))
    return letters


@lru_cache(maxsize=4096)
def _letters_of(character: str) -> tuple[tuple[str, str], ...] | None:
    """Return the letters of one character with their diacritics; None if it is a mark on the letter before it."""
    folded = fold_latin(character)
    if not folded:
        return None
    if character.isascii():
        return ((character, ""),) if character.isalnum() else ()
    if unicodedata.category(character)[0] not in "LMN":
        return ()
    found = _STROKE if character in "đðɖ" else ""
    if folded.isascii():
        found += "".join(_SYMBOLS.get(mark, mark) for mark in unicodedata.normalize("NFD", character)[1:])
    return tuple((letter, "" if place else "".join(sorted(found))) for place, letter in enumerate(folded))


def marks(text: str) -> tuple[str, ...]:
    """Return the diacritics of each letter of ``text`` in the symbols of VIQR, one entry for each folded letter.

    Circumflex ``^``, breve ``(``, horn ``+``, acute ``'``, grave `` ` ``, hook ``?``, tilde ``~``, dot below ``.``,
    stroke of đ ``-``, diaeresis ``"``, cedilla ``,``; sorted within an entry. Spaces and punctuation have no entry.

    >>> marks("Đắk Hạ")
    ('-', "'(", '', '', '.')
    """
    return tuple(found for _, found in _letters(text))


def accents(mention: str, name: str) -> Literal["same", "bare", "partial", "extra", "contrast"]:
    """Return how the diacritics of a mention agree with those of a name that has the same bare letters.

    Case, spaces, punctuation and the position of the tone in oa, oe and uy are ignored. So is the rising tone of a
    syllable that ends in a stop (Đăk Lăk, Đắk Lắk): such a syllable has no level tone. Diaeresis and cedilla are
    French, not Vietnamese, and are ignored if the two texts are not equal. The first rule that is true applies:

    * ``same``: every letter has the same marks.
    * ``extra``: the name has no marks, the mention has (Kam Pốt for Kampot). This is harmless for a transliteration,
      but not for Vietnamese without marks (An Giang). The caller knows the name's language.
    * ``bare``: the mention has no marks, the name has (Kien Giang, Hanoï).
    * ``partial``: no letter of the mention has a mark that the name's letter lacks, and the missing marks mean nothing:
      either all the mention's letters are on a French keyboard (Lê Tân Toi for Lê Tấn Tới, Hué for Huế, Hà Tinh for
      Hà Tĩnh), or only strokes of đ are missing (Dà Nẵng), which many fonts and keyboards do not have.
    * ``contrast``: everything else. A person who types a letter such as ă, ạ or ơ can type them all, so an unmarked
      letter is intended: Lê Văn Thanh is not Lê Văn Thành, Kiến Giang is not Kiên Giang, Lê Thành is not Lê Thanh.

    Raises ValueError if the bare letters differ.

    >>> accents("KIÊN GIANG", "Kiên Giang"), accents("Hanoï", "Hà Nội"), accents("Lê Văn Thanh", "Lê Văn Thành")
    ('same', 'bare', 'contrast')
    """
    said, known = _letters(mention), _letters(name)
    if [letter for letter, _ in said] != [letter for letter, _ in known]:
        raise ValueError(f"{mention!r} and {name!r} differ in more than diacritics")
    _shift_tones(said)
    _shift_tones(known)
    if said == known:
        return "same"
    contradicted = _tones_contradict(said, known)
    said, known = _letters(_without_implied_tones(mention)), _letters(_without_implied_tones(name))
    _shift_tones(said)
    _shift_tones(known)
    if contradicted or said == known:
        return "contrast" if contradicted else "same"
    said, known = _without_foreign(said), _without_foreign(known)
    if not any(found for _, found in known):
        # If both are empty now, the one that had a diaeresis or cedilla had the marks.
        return "extra" if any(found for _, found in said) or _has_foreign(mention) else "bare"
    if not any(found for _, found in said):
        return "bare"
    missing = [set(theirs) - set(ours) for (_, ours), (_, theirs) in zip(said, known, strict=True)]
    beyond = any(set(ours) - set(theirs) for (_, ours), (_, theirs) in zip(said, known, strict=True))
    french = all(letter + found in _FRENCH_LETTERS for letter, found in said if found)
    if not beyond and (french or all(lack <= {_STROKE} for lack in missing)):
        return "partial"
    return "contrast"


def _tones_contradict(said: list[tuple[str, str]], known: list[tuple[str, str]]) -> bool:
    """Whether a letter has one tone in one text and another in the other: Viết is not Việt."""
    return any(
        ours != theirs
        and (typed := _TONE_SYMBOLS.intersection(ours))
        and not typed.issuperset(_TONE_SYMBOLS.intersection(theirs))
        for (_, ours), (_, theirs) in zip(said, known, strict=True)
    )


def _shift_tones(letters: list[tuple[str, str]]) -> None:
    """Move a tone from the second to the first letter of oa, oe and uy, at any position."""
    for place in range(len(letters) - 1):
        (first, on_first), (second, on_second) = letters[place : place + 2]
        if first + second in ("oa", "oe", "uy") and not on_first and on_second in _TONE_SYMBOLS:
            letters[place], letters[place + 1] = (first, on_second), (second, "")


_STOPPED_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]*(?:[cptk]|ch)\b", re.IGNORECASE)


def _without_implied_tones(text: str) -> str:
    """Remove the rising tone from syllables that end in a stop: without it they mean the same."""

    def dropped(word: re.Match[str]) -> str:
        return unicodedata.normalize("NFC", unicodedata.normalize("NFD", word[0]).replace("\u0301", ""))

    return _STOPPED_WORD.sub(dropped, unicodedata.normalize("NFC", text))


_TONE_SYMBOLS = frozenset(_TONE_MARKS.values())


def _without_foreign(letters: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(letter, found.translate(_FOREIGN_MARKS)) for letter, found in letters]


def _has_foreign(text: str) -> bool:
    return any('"' in found or "," in found for found in marks(text))
