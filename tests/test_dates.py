"""Dates as people write them, the day before the month."""

from __future__ import annotations

import pytest

from resolver.dates import date_option, mention_date, parse_date
from resolver.errors import UsageError

READ = {
    "2025-07-01": "2025-07-01",
    "2025-7-1": "2025-07-01",
    "2025-07": "2025-07",
    "2025": "2025",
    " 2025 ": "2025",
    "2025-07-01T10:00:00Z": "2025-07-01",
    "2025-07-01 00:00:00": "2025-07-01",
    "01/07/2025": "2025-07-01",
    "1/7/2025": "2025-07-01",
    "01-07-2025": "2025-07-01",
    "01.07.2025": "2025-07-01",
    "07/2025": "2025-07",
    "13/12/2025": "2025-12-13",
    "": "",
    "  ": "",
    "12/13/2025": None,
    "29/02/2025": None,
    "2025-02-30": None,
    "01/07-2025": None,
    "01/07/25": None,
    "0000-01-01": None,
    "20250701": None,
    "٢٠٢٥": None,
    "July 2025": "2025-07",
    "27/11/2024 00:00:00": "2024-11-27",
    "27/11/2024 7:30 AM": "2024-11-27",
    "27-Nov-24": "2024-11-27",
    "27-Nov-2024": "2024-11-27",
    "1-Jan-98": "1998-01-01",
    "27 November 2024": "2024-11-27",
    "November 27, 2024": "2024-11-27",
    "Nov. 27th, 2024": "2024-11-27",
    "27 novembre 2024": "2024-11-27",
    "1er juillet 2025": "2025-07-01",
    "août 2025": "2025-08",
    "ngày 27 tháng 11 năm 2024": "2024-11-27",
    "Ngày 1 tháng 7, 2025": "2025-07-01",
    "tháng 7 năm 2025": "2025-07",
    "31 November 2024": None,
    "27 Brumaire 2024": None,
    "27-11-24": None,
    "Nov 24": None,
    "45623": None,
}


@pytest.mark.parametrize("text, date", READ.items())
def test_parse_date(text: str, date: str | None) -> None:
    assert parse_date(text) == date


def test_a_bad_cell_is_no_date_and_a_blank_one_the_default() -> None:
    assert mention_date("31/31/2025", "2020") == (
        "",
        "The date '31/31/2025' cannot be read: resolved without a date.",
    )
    assert mention_date(" ", "2020") == ("2020", "")


def test_a_bad_option_is_refused() -> None:
    with pytest.raises(UsageError, match="the date 'soon' is not a date: write 2025-07-01"):
        date_option("soon", "the date")
