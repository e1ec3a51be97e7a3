"""Contact details around an address: what is left out, and what is none."""

from __future__ import annotations

import pytest

from resolver import Resolver
from resolver.text.contacts import without_contacts

ADDRESS = "Lô 5 Trần Phú, P. Cái Khế, Ninh Kiều, Cần Thơ"


@pytest.mark.parametrize(
    "details",
    [
        "SĐT 0912345678", "sdt: 0912 345 678", "ĐT: (0292) 3 812 345", "Điện thoại 0292.3812.345 - Fax 0292.3812.346",
        "Tel. +84 292 3812 345", "Hotline: 1900 5555", "0912-345-678", "email: a.b@example.com", "www.example.vn",
        "MST 1800123456", "gặp anh Tư", "người nhận: Lan", "លេខទូរស័ព្ទ៖ 012 345 678", "Attn: Ms Lan",
        "0912345678 (Zalo)", "Tél : 0292 381 23 45",
    ],
)  # fmt: skip
@pytest.mark.parametrize("between", [", ", "; ", " - ", " (", "\n"])
def test_details_behind_an_address_are_left_out_and_said(details: str, between: str) -> None:
    closing = ")" if between == " (" else ""
    address, contacts = without_contacts(f"{ADDRESS}{between}{details}{closing}")
    assert address == ADDRESS
    assert sorted(contacts) == sorted(details)


@pytest.mark.parametrize("details", ["0912345678", "SĐT: 0912 345 678", "MST 1800123456", "người nhận: Lan"])
def test_details_before_an_address(details: str) -> None:
    assert without_contacts(f"{details}, {ADDRESS}") == (ADDRESS, details)


@pytest.mark.parametrize(
    "text",
    [
        "ĐT 743, Dĩ An", "Phnom Penh 120101", "Lê Chân, HP 180000", "Mailin", "Zalo",
        "Tel Aviv", "số 12, 2025-07-01", "Đường số 12 - 14 - 16, Quận 7", "Người Hà Nội", "Gáp, Kampot", "27475", "",
        "12 3456 789, Hà Tiên",
    ],
)  # fmt: skip
def test_what_is_no_contact_detail_stays(text: str) -> None:
    assert without_contacts(text) == (text, "")


@pytest.mark.parametrize("text", ["0912345678", "SĐT 0912345678", "+855 12 345 678", "Tel: 023 456 789, a@b.vn"])
def test_a_text_of_nothing_else_is_told(resolver: Resolver, text: str) -> None:
    assert without_contacts(text) == (text, text)
    match = resolver.resolve(text)
    assert match.status == "unmatched"
    assert "nothing but contact details" in match.note


@pytest.mark.parametrize("details", ["SĐT 0912345678", "gặp chị Lan", "tel 0912 345 678", "0912.345.678"])
@pytest.mark.parametrize("address", ["Hà Tiên, Kiên Giang", "Chung cư Sunrise City, P. Tân Hưng, Q7, HCM"])
def test_an_answer_is_that_of_the_address_alone(resolver: Resolver, address: str, details: str) -> None:
    alone = resolver.resolve(address)
    for text in (f"{address}, {details}", f"{address} {details}"):
        match = resolver.resolve(text)
        assert match.entity == alone.entity
        assert match.score == alone.score
        assert details in match.note


def test_a_person_with_a_number_is_the_person(resolver: Resolver) -> None:
    match = resolver.resolve("Nguyễn Phú Trọng, 0912345678")
    assert match.entity is not None
    assert match.entity.id == "vn-person-nguyen-phu-trong"
