"""Doubts about readings of addresses, each over all units that it can touch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from resolver import Resolver
from resolver.addresses.doubts.houses import HOUSE_NUMBER
from resolver.model import Mention
from resolver.text import keys
from resolver.text.name_counts import surname_shares
from tests.drawn_addresses import LAST_OLD_DAY, Address, addresses
from tests.eval import joined_sweeps, letter_sweeps, lineage_sweeps, listing_sweeps, sweeping
from tests.eval.sweeps import districts

_EVERY = 20
_NUMBER_BEFORE = ("Số 395 - {name} - {district}, {province}", "395, {name}, {district}, {province}")
_ABBREVIATED = ("Đăk ", "Đắk ", "Đak ")


def _named() -> Iterator[Address]:
    """Yield some communes of three levels whose names are words, not numbers."""
    some = [one for one in addresses() if len(one.parts) == 3 and not any(map(str.isdigit, one.parts[0][1]))]
    yield from some[::_EVERY]


@pytest.mark.parametrize("wording", _NUMBER_BEFORE)
def test_a_bare_name_behind_a_house_number_is_never_certain(resolver: Resolver, wording: str) -> None:
    asked = list(_named())
    texts = [wording.format(name=one.parts[0][1], district=one.parts[1][1], province=one.parts[2][1]) for one in asked]
    matches = resolver.resolve_many([Mention(text, date=LAST_OLD_DAY) for text in texts])
    doubted = 0
    for one, match in zip(asked, matches, strict=True):
        if match.entity is None or match.entity.type != "commune":
            continue
        assert match.score <= 0.95, match.mention.text
        told = {evidence.feature for evidence in match.evidence}
        doubted += HOUSE_NUMBER in told
        assert str(keys.fold(one.parts[0][1])).split()[0] not in surname_shares() or " " not in one.parts[0][1], match
    assert doubted > len(asked) / 4


@pytest.mark.parametrize("kind", ["commune left empty", "district twice", "district twice, within"])
def test_nothing_is_wrong_where_a_name_is_left_out_or_said_twice(resolver: Resolver, kind: str) -> None:
    cases = list(joined_sweeps.SWEEPS[kind]())
    matches = resolver.resolve_many([case.mention for case in cases])
    verdicts = Counter(map(sweeping.judge, cases, matches))
    assert verdicts["wrong"] == 0
    assert verdicts["right"] > 0.9 * len(cases)


@pytest.mark.parametrize("kind", ["two communes", "two communes, district twice"])
def test_the_note_says_that_two_communes_are_named(resolver: Resolver, kind: str) -> None:
    cases = list(joined_sweeps.SWEEPS[kind]())
    matches = resolver.resolve_many([case.mention for case in cases])
    assert not any(match.status == "matched" for match in matches)
    notes = [match.note for match in matches if match.status == "ambiguous"]
    assert len(notes) > 0.95 * len(cases)
    assert sum("it can lie in one of them only" in note for note in notes) > 0.95 * len(notes)
    assert not any("would decide" in note for note in notes if "one of them only" in note)


def test_a_street_beside_parents_is_what_it_is_in_one_text(resolver: Resolver) -> None:
    apart, joined = [], []
    for district in districts():
        for street in ("20 Trần Phú", "Số 5 đường Hùng Vương"):
            apart.append(Mention(street, date=LAST_OLD_DAY, within=tuple(district.texts)))
            joined.append(Mention(", ".join((street, *district.texts)), date=LAST_OLD_DAY))
    told = list(zip(resolver.resolve_many(apart), resolver.resolve_many(joined), strict=True))
    assert len(told) > 1_000
    for beside, whole in told:
        assert (beside.status, beside.entity, beside.remainder) == (whole.status, whole.entity, whole.remainder)
    assert all("is a house or street" in beside.note for beside, _ in told)


def test_a_number_beside_parents_is_a_commune(resolver: Resolver) -> None:
    match = resolver.resolve("3", within=("Quận 5", "Thành phố Hồ Chí Minh"), date="2024-06-30")
    assert match.entity is not None
    assert match.entity.name == "Phường 3"


def test_two_letters_before_another_name_are_not_the_type_of_a_special_zone(resolver: Resolver) -> None:
    asked = [one for one in addresses() if one.parts[0][1].startswith(_ABBREVIATED)]
    mentions = [Mention(f"Đk {one.parts[0][1].split(' ', 1)[1]}, {', '.join(one.texts[1:])}") for one in asked]
    matches = resolver.resolve_many(mentions)
    assert len(asked) > 80
    communes = [
        (one, match)
        for one, match in zip(asked, matches, strict=True)
        if match.entity is not None and match.entity.type == "commune"
    ]
    assert len(communes) > len(asked) / 3
    for one, match in communes:
        assert match.entity is not None
        assert str(keys.fold(match.entity.name)).endswith(str(keys.fold(one.parts[0][1])).split(" ", 1)[1]), match
        assert match.entity.id in {one.id} | _namesakes(one), match.note


def _namesakes(one: Address) -> set[str]:
    """Return the units with the same name in the same place, of all times."""
    key = str(keys.key(one.parts[0][1]))
    return {other.id for other in addresses() if str(keys.key(other.parts[0][1])) == key}


def test_a_former_province_in_brackets_that_was_no_part_leaves_the_answer_open(resolver: Resolver) -> None:
    cases = list(lineage_sweeps.former_province_in_brackets())[::5]
    matches = resolver.resolve_many([case.mention for case in cases])
    assert {sweeping.judge(case, match) for case, match in zip(cases, matches, strict=True)} == {"right"}
    assert {case.is_open for case in cases} == {True, False}
    told = [match.note for case, match in zip(cases, matches, strict=True) if case.is_open]
    assert sum("contradicts: it never was the same place" in note for note in told) > 0.6 * len(told) > 100


def test_a_former_commune_that_was_no_part_is_told(resolver: Resolver) -> None:
    match = resolver.resolve("Phường Vườn Lài (phường Bến Nghé cũ), TP.HCM")
    assert match.entity is not None
    assert "“phường Bến Nghé” contradicts: it never was the same place" in match.note


def test_a_commune_that_does_not_exist_is_not_the_district_that_is_called_so(resolver: Resolver) -> None:
    cases = list(listing_sweeps.SWEEPS["not called like its district"]())
    matches = resolver.resolve_many([case.mention for case in cases])
    verdicts = Counter(map(sweeping.judge, cases, matches))
    assert verdicts["right"] > 0.98 * len(cases) > 200
    # Another district has a commune of that name.
    assert verdicts["wrong"] <= 1


@pytest.mark.parametrize("base", ["Spueu", "Preaek Khsay"])
def test_a_commune_without_the_letter_that_tells_it_from_another_is_either(resolver: Resolver, base: str) -> None:
    district = {"Spueu": "Ba Phnum", "Preaek Khsay": "Peam Ro"}[base]
    match = resolver.resolve(f"Khum {base}, Srok {district}, Prey Veng")
    assert match.status == "ambiguous"
    assert {one.entity.name for one in match.candidates[:2]} == {f"{base} Ka", f"{base} Kha"}


def test_a_city_in_small_letters_glued_to_its_type_is_found(resolver: Resolver) -> None:
    cases = list(letter_sweeps.SWEEPS["city in letters, small"]())[::10]
    matches = resolver.resolve_many([case.mention for case in cases])
    assert {sweeping.judge(case, match) for case, match in zip(cases, matches, strict=True)} == {"right"}


@pytest.mark.parametrize(
    "text", ["Số 57 Quang Trung, Bắc Giang", "Số 9 Hùng Vương, Thái Bình", "Số 21 Quang Trung, Hải Dương"]
)
def test_a_street_in_a_province_is_no_commune_of_that_name_for_sure(resolver: Resolver, text: str) -> None:
    match = resolver.resolve(text)
    assert match.entity is None or match.entity.type == "province"
