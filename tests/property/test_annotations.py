"""Whatever a text holds: names stand in it where they are said to stand, in their order, none within another."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolver.engine.resolver import Resolver

PIECES = st.sampled_from(
    [
        "Kampot",
        "tỉnh Kiên Giang",
        "la police de la province d'An Giang",
        "Colonel Dao Hai Dang",
        "Bộ trưởng",
        "Bộ Công an",
        "M. Lâm",
        "To Lam",
        "ខេត្តកំពត",
        "ហ៊ុន ម៉ាណែត",
        "Đại tá Trần Quốc Bảo",
        "Deputy Director of ",
        "Minister of Interior and ",
        "Ki\u0065\u0302n Giang",
        "cœur",
        "\u200b",
        "\r\n",
        "\n\n",
        "  ",
        ", ",
        ". ",
        " (",
        ") ",
        " - ",
        "’s ",
        "\u17d2",
        "\u0301",
        "A",
        "Q.",
        "1",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=20).map("".join))


@given(TEXTS)
def test_names_stand_where_they_are_said_to(resolver: Resolver, text: str) -> None:
    done = 0
    for mark in resolver.annotate(text, date="2024-11-27"):
        assert done <= mark.start < mark.end <= len(text)
        assert text[mark.start : mark.end] == mark.text
        assert mark.kind in ("place", "person", "organisation", "office")
        done = mark.end


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        " ",
        "\n",
        "A ",
        "Kampot ",
        "Kampot, ",
        "Minister of ",
        "of the ",
        "tỉnh ",
        "Colonel Dao Hai Dang, ",
        "Đại tá Trần Quốc Bảo, ",
        "M. Lâm ",
        "ក",
        "្ក",
        "កំពត",
        "\u0301",
        "aA",
        "Q.1 ",
        "(",
    ],
)
def test_time_grows_with_the_length_only(resolver: Resolver, piece: str) -> None:
    def seconds(size: int) -> float:
        text = "To Lam. " + piece * (size // len(piece))
        began = time.process_time()
        resolver.annotate(text)
        return time.process_time() - began

    seconds(4_000)
    short = min(seconds(8_000) for _ in range(2))
    assert min(seconds(32_000) for _ in range(2)) < 10 * short + 0.5
