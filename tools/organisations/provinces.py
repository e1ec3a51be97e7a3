"""The provinces since 2011 as the names of their bodies need them: one life after another, with its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tools.organisations.read import country_of
from tools.organisations.rows import Gazetteer

REFORM = "2025-07-01"
#: Offices are wanted from then on; what had ended by then is left out.
FIRST_DAY = "2011-01-01"
PLACE_TYPES = {"VN": ("tỉnh", "thành phố"), "KH": ("khaet", "reach theani")}
#: English and French names where they are not the Vietnamese ones.
EXONYMS = {"Hà Nội": ("Hanoi", "Hanoï"), "Hồ Chí Minh": ("Ho Chi Minh City", "Hô Chi Minh-Ville")}


@dataclass(frozen=True)
class Life:
    """A province from one day to another with the words that names are made of."""

    start: str
    end: str
    words: Mapping[str, str]
    #: Other names of the province that forms are filled in with: language, text.
    others: tuple[tuple[str, str], ...] = ()


def province_lives(gazetteer: Gazetteer) -> dict[str, list[Life]]:
    """Return the provinces of both countries since 2011 with their lives, in the order of time."""
    found: dict[str, list[Life]] = {}
    khmer = {
        row["id"]: row["text"]
        for row in gazetteer.others["names"]
        if row["language"] == "km" and row["kind"] == "official" and row["id"].startswith("kh-province-")
    }
    for entity in sorted(gazetteer.versions):
        country = country_of(entity)
        rows = [row for row in gazetteer.versions[entity] if row["local_type"] in PLACE_TYPES.get(country, ())]
        rows = [row for row in rows if not row["valid_to"] or row["valid_to"] > FIRST_DAY]
        if "-province-" in entity and rows:
            ordered = sorted(rows, key=lambda row: row["valid_from"])
            found[entity] = [
                Life(row["valid_from"] if row["valid_from"] > FIRST_DAY else "", row["valid_to"],
                     words(row["name"], row["local_type"], khmer.get(entity, "")), other_names(gazetteer, entity))
                for row in ordered
            ]  # fmt: skip
    return found


def other_names(gazetteer: Gazetteer, province: str) -> tuple[tuple[str, str], ...]:
    """Return the names of a province, beside its own, by which its bodies are called too."""
    own = [
        row for row in gazetteer.others["names"] if row["id"] == province and not row["weak"] and not row["valid_to"]
    ]
    if country_of(province) == "KH":
        kinds = {"exonym", "alias", "transliteration"}
        chosen = [row for row in own if row["kind"] in kinds and row["language"] in ("en", "fr", "vi")]
    else:
        short = [row for row in own if row["kind"] == "abbreviation" and row["language"] in ("en", "fr", "vi")]
        chosen = [row for row in short if "HCM" in row["text"]]
        chosen += [row for row in own if row["kind"] == "exonym" and row["language"] == "km"]
    return tuple((row["language"], row["text"]) for row in chosen)


def words(name: str, local_type: str, khmer: str) -> dict[str, str]:
    """Return what the braces of a form stand for in one province."""
    english, french = EXONYMS.get(name, (name, name))
    return {
        "type": local_type, "vi": name, "en": english, "fr": french, "de": french_of(french),
        "city": english if english.endswith("City") else f"{english} City", "km": khmer,
        "seat": "Thành phố Hồ Chí Minh" if name == "Hồ Chí Minh" else name,
    }  # fmt: skip


def french_of(name: str) -> str:
    """Return a name after the French for "of"."""
    return f"d'{name}" if name[0] in "AEIOUÂÉ" else f"de {name}"


def at_reform(lives: list[Life]) -> Life:
    """Return the life that was in force on the day of the reform, or ended then."""
    return next((life for life in lives if not life.end or life.end >= REFORM), lives[-1])
