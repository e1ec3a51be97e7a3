"""The library inside another pipeline: join two sources that spell names differently and date from different years.

One source is a list of press mentions, the other a table of provinces as the statistics office listed them before
the mergers of 2025-07-01. Their spellings and codes do not match; the current entities of the names do.
"""

from __future__ import annotations

from collections import defaultdict

from resolver import Match, Mention, Resolver

PRESS = (
    ("Kien Giang", "2024-11-27"),
    ("province d'An Giang", "2025-12-01"),
    ("Da Nang", "2025-02-19"),
    ("Kép", "2025-12-01"),
    ("Saigon", "2025-02-19"),
    ("Phú Mỹ", "2025-02-19"),
    ("Springfield, Illinois", "2024-11-27"),
)
STATISTICS = (
    ("48", "Thành phố Đà Nẵng"),
    ("49", "Tỉnh Quảng Nam"),
    ("77", "Tỉnh Bà Rịa - Vũng Tàu"),
    ("79", "Thành phố Hồ Chí Minh"),
    ("89", "Tỉnh An Giang"),
    ("91", "Tỉnh Kiên Giang"),
)
STATISTICS_DATE = "2024-12-31"


def main() -> None:
    """Resolve both sources, join them by the current entity and print what joined and what did not."""
    resolver = Resolver()
    press = resolver.resolve_many(
        Mention(text, types=("country", "province", "commune"), date=date) for text, date in PRESS
    )
    listed = resolver.resolve_many(
        (name for _, name in STATISTICS), type="province", country="VN", date=STATISTICS_DATE
    )

    rows_of: dict[str, list[str]] = defaultdict(list)
    for (code, name), match in zip(STATISTICS, listed, strict=True):
        for current in match.current:
            rows_of[current.id].append(f"{code} {name}")

    for match in press:
        _report(match, rows_of)


def _report(match: Match, rows_of: dict[str, list[str]]) -> None:
    print(f"{match.mention.text} ({match.mention.date})")
    if match.entity is None:
        # Never join on a guess: a person decides these, with the help of the candidates.
        print(f"  {match.status}: {match.note}")
        return
    if match.changes:
        print(f"  changed since: {match.changes[0].kind} on {match.changes[0].date}")
    for current in match.current:
        rows = rows_of.get(current.id, [])
        print(f"  {current.path} [{current.id}] joins {'; '.join(rows) if rows else 'no row of the statistics'}")


if __name__ == "__main__":
    main()
