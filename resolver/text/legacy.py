"""Repair of text in old Vietnamese encodings, and of text decoded with the wrong encoding, if this is certain.

Sources: the code tables TCVN 5712:1993 (VN3, called ABC), VNI-Windows and Windows-1258, the first two compared with
those of the xvnkb keyboard and of other converters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from resolver.text.escapes import has_escapes, unescaped
from resolver.text.unicode import MAX_LENGTH, Cleaned
from resolver.text.vietnamese import is_syllable

__all__ = ["from_tcvn3", "from_vni", "in_old_encodings", "is_sound_part", "repair"]

_TCVN3 = str.maketrans(
    "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ¡¢§£¤¥¦",
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
)
_VNI_MARKS = {
    "a": dict(zip("øùûõïâàáåãäêèéúüë", "àáảãạâầấẩẫậăằắẳẵặ", strict=True)),
    "e": dict(zip("øùûõïâàáåãä", "èéẻẽẹêềếểễệ", strict=True)),
    "o": dict(zip("øùûõïâàáåãä", "òóỏõọôồốổỗộ", strict=True)),
    "u": dict(zip("øùûõï", "ùúủũụ", strict=True)),
    "y": dict(zip("øùûõ", "ỳýỷỹ", strict=True)),
    "ô": dict(zip("øùûõï", "ờớởỡợ", strict=True)),
    "ö": dict(zip("øùûõï", "ừứửữự", strict=True)),
}
_VNI = {base + mark: letter for base, marks_ in _VNI_MARKS.items() for mark, letter in marks_.items()}
_VNI |= {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ì": "ì", "í": "í"}
_VNI_NAME = "VNI-Windows"
_VNI_CODE = re.compile("|".join(sorted(_VNI, key=len, reverse=True)), re.IGNORECASE)

# Characters that no text in another encoding has: one of these is enough.
_TCVN3_SURE = re.compile(
    "(?<=[A-Za-zÀ-ÿ])[µ¸¶·¨»¾¼½©®«¬\xad×÷]|(?<=[A-Za-zÀ-ÿ])¹(?=[A-Za-z])|(?<=[HLMNTGKRSVXBCDhlmngtcrkp])¹"
    "|(?<![DMNSdmns])(?<=[A-Za-z])ª|ª(?=[a-z])|[®§¡¢¤¥¦](?=[A-Za-zµ¸¶·¹¨»¾¼½©ª«¬À-ÿ])|[\xad¬«©¸](?=[a-z])"
    "|[a-z][Æ-ß]|(?<=[A-Z])[Æ-ß](?=[a-z])"
)
_VNI_SURE = re.compile(
    "[aeoôöuy][øõåä]|[aeôöuy][ùû]|[aeo][àáãâ]|a[éèêú]|öô|[aeou]ï(?:ng|nh|ch)|[óò](?:nh|ch)(?![a-z])",
    re.IGNORECASE,
)
_CP1258_SURE = re.compile("[âêôãõýÂÊÔÃÕÝ][ìÌòÒþÞ]|[aeiouy][ÒÌÞ]|[AEIOUY]þ")
# Capitals inside a word (BÕn, HuÕ) are codes of TCVN3, not letters.
_CAPITAL_CODE = re.compile("[a-z][Æ-ß]|(?<=[A-Z])[Æ-ß](?=[a-z])")
# Letters that are rare in French and in Unicode Vietnamese: they count if two kinds of them occur together.
_TCVN3_HINT = re.compile("[äåñøþö]")
_VNI_HINT = re.compile("[ñö]|[óò]|æ", re.IGNORECASE)

# The code of ư is the soft hyphen, which many programs drop: before ơ it must have stood.
_LOST_SOFT_HYPHEN = re.compile("(?<=[A-Za-z®§])(?<![qQ\xad])(?=[¬êëìíî][a-z])")

_MOJIBAKE = re.compile(
    "[ÂÃÄÅÆĂ][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
    "|[ÃĂ] (?=[ a-zà-ỹ])"
    "|á[º»][^\\s\\w]|á[º»][\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u00aa\u00ba\u00b5\u02c6]|[áâ][\u0080-\u009f\u0178\u017d\u017e]"
    "|â€"
)
_DOS_AND_MAC = ("mac_roman", "cp437", "cp850")
_DOS_OR_MAC = re.compile("[√ƒ∆├─╞]|·[ªº∫ûü]|ß[║╗₧×ƒ]")
"""Signs that stand for the first bytes of Vietnamese and Khmer letters on a Macintosh or under DOS."""
_LOST_NO_BREAK = re.compile("(?<=[ÃĂ]) (?=[ a-zà-ỹ])")
# A text can be decoded wrongly more than once.
_MOST_MISREADINGS = 3
_LEGACY_TRIGGER = re.compile(
    f"{_TCVN3_SURE.pattern}|{_TCVN3_HINT.pattern}|(?i:{_VNI_SURE.pattern}|[ñöæ]|[óò])|{_CP1258_SURE.pattern}"
)
# A letter beyond Latin-1 excludes these encodings; punctuation may have been added later.
_BEYOND_LATIN_1 = re.compile("[^\x00-\xff\u2000-\u206f]")
_LEGACY_WORD = re.compile("[0-9A-Za-z\xa1-\xff]+")
# European words that look like VNI.
_NOT_LEGACY = frozenset({"seán", "où", "goût", "thaï", "loïc", "laïc", "caïn", "caën"})


def repair(text: str) -> Cleaned:
    """Return ``text`` in Unicode if it is in TCVN3 (ABC), VNI-Windows or Windows-1258, or is UTF-8 decoded wrongly.

    Runs before `unicode.clean`, on the text as it was read. Text is changed only if it has characters that no French,
    English or Unicode Vietnamese text has, and if every changed word becomes a possible Vietnamese syllable.
    Ambiguous text does not change: "Hoà Chí Minh" is Hồ Chí Minh in VNI, but may also be correct. UTF-8 decoded as
    Windows-1252 (or 1258) is repaired in any language; ftfy does it if only a part of the text is damaged.

    Letters written as escapes (``%C3%A0``) are read.

    >>> repair("Hµ Néi").text, repair("Caàn Thô").text, repair("Kiªn Giang").text, repair("Noël à Hué").text
    ('Hà Nội', 'Cần Thơ', 'Kiên Giang', 'Noël à Hué')
    """
    told = unescaped(text) if has_escapes(text) else text
    if told != text:
        return Cleaned(told, ("Letters written as escapes of a web address or of JSON were read.",))
    return Cleaned(text) if text.isascii() else _decoded(text)


def _decoded(text: str) -> Cleaned:
    """Return a text that has other than ASCII characters in Unicode."""
    fixed = text
    for _ in range(_MOST_MISREADINGS):
        if not _MOJIBAKE.search(fixed) and not _DOS_OR_MAC.search(fixed):
            break
        fixed = _fix_mojibake(fixed)
    if fixed != text:
        return Cleaned(fixed, ("Text damaged by a wrong encoding was repaired.",))
    if len(text) > MAX_LENGTH or _BEYOND_LATIN_1.search(text) or _LEGACY_TRIGGER.search(text) is None:
        return Cleaned(text)
    words = [w for w in _LEGACY_WORD.findall(text) if not w.isdigit()]
    strange = [w for w in words if not w.isascii() and not _is_known(w)]
    if any(_TCVN3_SURE.search(word) for word in strange):
        mended = _with_soft_hyphens(text)
        words = [w for w in _LEGACY_WORD.findall(mended) if not w.isdigit()]
    else:
        mended = text
    for name, decode, sure, hint in _ENCODINGS:
        if any(sure.search(word) for word in strange):
            changed = [word for word in words if not word.isascii()]
        elif hint and any(hint.search(word) for word in strange) and _is_varied(words):
            changed = words
        else:
            continue
        if all(is_syllable(decode(word)) for word in changed) and _is_wholly(name, changed):
            return Cleaned(decode(mended), (f"Text in the old {name} encoding was converted to Unicode.",))
    return Cleaned(text)


def is_sound_part(text: str) -> bool:
    """Whether ``repair`` leaves each text alone whose parts, between commas with a space, are all of this kind.

    >>> is_sound_part("Hà Nội"), is_sound_part("Hµ Néi")
    (True, False)
    """
    if has_escapes(text):
        return False
    if text.isascii():
        return True
    parted = f"{text}, "
    if _MOJIBAKE.search(parted) or _DOS_OR_MAC.search(parted):
        return False
    return _BEYOND_LATIN_1.search(text) is not None or _LEGACY_TRIGGER.search(parted) is None


def in_old_encodings(text: str) -> Iterator[tuple[str, str]]:
    """Yield the text in each old encoding in which all words are Vietnamese syllables, and the encoding's name.

    These are guesses: the text may be correct as it is.

    >>> list(in_old_encodings("Phó Quèc"))
    [('Phú Quốc', 'TCVN3 (ABC)')]
    """
    if _BEYOND_LATIN_1.search(text):
        return
    for name, decode, *_ in _ENCODINGS:
        read = decode(text)
        if read != text and _is_wholly(name, [text]) and all(map(is_syllable, re.findall(r"[^\W\d_]+", read))):
            yield read, name


def _is_wholly(encoding: str, words: list[str]) -> bool:
    """Whether all letters of some words beyond ASCII are codes of an encoding: no mark stands alone in VNI-Windows.

    The ú of ``Aân Phú`` is Unicode, so that Aâ is a typing error there.
    """
    return encoding != _VNI_NAME or all(_VNI_CODE.sub("", word).isascii() for word in words)


def _with_soft_hyphens(text: str) -> str:
    """Return a text in TCVN3 with lost codes of ư restored in words that are a syllable only with it."""
    return _LEGACY_WORD.sub(
        lambda found: found[0] if is_syllable(_from_tcvn3(found[0])) else _LOST_SOFT_HYPHEN.sub("\xad", found[0]), text
    )


def _is_known(word: str) -> bool:
    if word.lower() in _NOT_LEGACY:
        return True
    return is_syllable(word) and not _CAPITAL_CODE.search(word)


def _is_varied(words: list[str]) -> bool:
    return len({c for word in words for c in word if c > "\x7f"}) > 1


def from_tcvn3(text: str) -> str:
    """Return a text that is surely in TCVN3 (ABC) in Unicode, letter by letter.

    >>> from_tcvn3("Hµ Néi")
    'Hà Nội'
    """
    return text.translate(_TCVN3)


def _from_tcvn3(text: str) -> str:
    decoded = from_tcvn3(text)
    # The fonts for capitals (.VnTimeH) draw the codes of small letters.
    capitals = re.search("[A-Z].?[A-Z]", text) and not re.search("[a-z]", text)
    return decoded.upper() if capitals else decoded


def from_vni(text: str) -> str:
    """Return a text that is surely in VNI-Windows in Unicode.

    >>> from_vni("Caàn Thô")
    'Cần Thơ'
    """

    def letter(code: re.Match[str]) -> str:
        plain = _VNI[code[0].lower()]
        return plain.upper() if code[0][0].isupper() else plain

    return _VNI_CODE.sub(letter, text)


def _from_cp1258(text: str) -> str:
    return unicodedata.normalize("NFC", "".join(map(_cp1258_letter, text)))


def _cp1258_letter(character: str) -> str:
    return character.encode("cp1252").decode("cp1258") if "\xa0" <= character <= "\xff" else character


_ENCODINGS = (
    ("TCVN3 (ABC)", _from_tcvn3, _TCVN3_SURE, _TCVN3_HINT),
    (_VNI_NAME, from_vni, _VNI_SURE, _VNI_HINT),
    ("Windows-1258", _from_cp1258, _CP1258_SURE, None),
)


def _fix_mojibake(text: str) -> str:
    for codec in ("cp1252", "cp1258", *(_DOS_AND_MAC if _DOS_OR_MAC.search(text) else ())):
        fixed = _utf8_read_as(codec, text)
        if fixed:
            return fixed
    import ftfy  # noqa: PLC0415  (slower to load than the rest of this package)

    fixed = ftfy.fix_encoding(text)
    return text if fixed.count("\ufffd") > text.count("\ufffd") else fixed


def _utf8_read_as(codec: str, text: str) -> str:
    """Return the UTF-8 text that was decoded as ``codec``, or an empty text if not all of it is UTF-8."""
    # The no-break space, half of the letter à, is often a plain space now; in capitals (NHÃ NAM) it is a real space.
    text = _LOST_NO_BREAK.sub("\xa0", text)
    try:
        return b"".join(_byte(character, codec) for character in text).decode("utf-8")
    except UnicodeError:
        return ""


def _byte(character: str, codec: str) -> bytes:
    return character.encode("latin-1" if "\x80" <= character <= "\x9f" else codec)
