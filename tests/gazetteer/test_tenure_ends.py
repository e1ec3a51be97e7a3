"""Bounds of tenures that follow from other tenures, from Governments and from lists of all holders."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tools.tenure_ends import Office, Row, with_ends, with_starts

SEEN = {
    "person_id": "a",
    "office_id": "o",
    "valid_from": "",
    "valid_to": "",
    "attested": "",
    "note": "",
    "preferred": "",
    "source_id": "s",
}


OFFICE = Office(valid_from="", valid_to="", one_holder=True, body="police", area="province", government="")
OFFICES = {
    "o": OFFICE,
    "several": replace(OFFICE, body="people's committee", one_holder=False),
    "elsewhere": replace(OFFICE, area="another province"),
    "party": replace(OFFICE, body="party committee", area="another province"),
    "minister": replace(OFFICE, body="ministry", area="country", government="g"),
    "ended": replace(OFFICE, valid_to="2025-07-01"),
    "new": replace(OFFICE, valid_from="2025-07-01"),
}
GOVERNMENT = {"organisation_id": "g", "formed": "2023-08-22", "source_id": "s"}
ROSTER = {"office_id": "several", "date": "2025-11-04", "source_id": "s"}


def end_of(tenure: Row, *others: Row) -> str:
    """Return the end of a tenure that follows from others, the Government of 2023-08-22 and the list of 2025-11-04."""
    tenures = [SEEN | tenure, *(SEEN | other for other in others)]
    return next(with_ends(tenures, OFFICES, [GOVERNMENT], [ROSTER]))["valid_to"]


@pytest.mark.parametrize(
    ("start", "end", "successor", "expected"),
    [
        ("2018-05", "", "2020-01-02", "2018-05/2020-01-02"),  # between the last sighting and the next holder
        ("2018-05", "2020-01-01", "2020-01-02", "2020-01-02"),  # the source gives the last day in office
        ("2018-05", "2019", "2020-01-02", "2019"),  # an end that a source gives stays
        ("2018-05", "", "2017-01-02", ""),  # somebody earlier is no successor
        ("2018-05", "2019-02/2021-03", "2020-01-02", "2019-02/2020-01-02"),  # a range is narrowed
        ("2018-05", "2019-02/2019-03", "2020-01-02", "2019-02/2019-03"),  # not widened
        ("", "", "2020-01-02", ""),  # seen on no day: the next one may have come before
        ("2018-05", "", "2020-01-02/2020-03-01", "2018-05/2020-03-01"),  # as late as the next one can have come
    ],
)
def test_the_next_holder_bounds_an_end(start: str, end: str, successor: str, expected: str) -> None:
    other = {"person_id": "b", "valid_from": successor}
    assert end_of({"valid_from": start, "valid_to": end}, other) == expected


@pytest.mark.parametrize(
    ("end", "attested", "expected"),
    [
        ("2016/2021-03", "2018-05|2019-02-11", "2019-02-11/2021-03"),  # seen after the range began
        ("2019-02-11/2021-03", "2018-05", "2019-02-11/2021-03"),
        ("2019-02-11", "2020-05", "2019-02-11"),  # no range: the source's day stays, the rules name the sighting
        ("2016/2018-05", "2018-05", "2016/2018-05"),
    ],
)
def test_a_sighting_raises_the_beginning_of_a_range(end: str, attested: str, expected: str) -> None:
    assert end_of({"valid_from": "2015", "valid_to": end, "attested": attested}) == expected


@pytest.mark.parametrize(
    ("attested", "expected"),
    [
        ("2023-01-12", "2023-01-12/2023-08-22"),  # not seen since
        ("2023-01-12|2023-08-23", ""),  # in the next Government too
    ],
)
def test_a_government_ends_with_the_next(attested: str, expected: str) -> None:
    assert end_of({"office_id": "minister", "attested": attested}) == expected


@pytest.mark.parametrize(
    ("office", "attested", "expected"),
    [
        ("several", "2015", "2015/2025-11-04"),  # not on the list of all who hold the office
        ("several", "2015|2025-11-04", ""),
        ("several", "2026", ""),  # came after the list
        ("o", "2015", ""),
    ],
)
def test_who_is_not_among_all_holders_has_left(office: str, attested: str, expected: str) -> None:
    assert end_of({"office_id": office, "attested": attested}) == expected


@pytest.mark.parametrize(
    ("office", "post", "expected"),
    [
        ("o", "elsewhere", "2018/2020-01-02"),
        ("several", "elsewhere", "2018/2020-01-02"),
        ("several", "minister", "2018/2020-01-02"),
        ("o", "several", ""),  # in the same province both can be
        ("o", "party", ""),  # the party's offices go with others
        ("party", "elsewhere", ""),
    ],
)
def test_nobody_sits_in_the_bodies_of_two_provinces(office: str, post: str, expected: str) -> None:
    assert (
        end_of({"office_id": office, "valid_from": "2018"}, {"office_id": post, "valid_from": "2020-01-02"}) == expected
    )


def test_a_tenure_ends_with_its_office() -> None:
    assert end_of({"office_id": "ended", "attested": "2024-12-16"}) == "2024-12-16/2025-07-01"
    assert end_of({"office_id": "ended"}) == "2025-07-01"


@pytest.mark.parametrize(
    ("office_id", "before", "expected"),
    [
        ("o", {"attested": "2025-03-01"}, "2025-03-01/2025-09-15"),  # after the holder before was last seen
        ("o", {"attested": "2025-03-01", "valid_to": "2025-08-20"}, "2025-08-20/2025-09-15"),  # after he had left
        ("o", {"attested": "2025-03-01", "valid_to": "2025-03-01/2025-09-15"}, "2025-03-01/2025-09-15"),
        ("o", {"attested": "2025-03-01", "valid_to": "2025-09-15"}, "2025-09-15"),  # left on the very day
        ("o", {"attested": "2023-03-01"}, ""),  # too long before
        ("o", {"attested": "2026-03-01"}, ""),  # a successor
        ("o", {"attested": "2025-03-01", "person_id": "a"}, ""),  # nobody else
        ("several", {"attested": "2025-03-01"}, ""),  # not one at a time
        ("new", {"attested": "2026-03-01"}, "2025-07-01/2025-09-15"),  # the office began
    ],
)
def test_the_holder_before_bounds_a_start(office_id: str, before: Row, expected: str) -> None:
    tenure = SEEN | {"office_id": office_id, "attested": "2025-09-15|2026-01-01"}
    other = SEEN | {"person_id": "b", "office_id": office_id} | before
    assert next(with_starts([tenure, other], OFFICES))["valid_from"] == expected
