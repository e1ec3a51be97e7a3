"""What holds for every two names of people."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from resolver.people.name_comparison import MATCH, compare_names
from resolver.text.persons import parse
from tests.eval.pairs import people
from tests.property.test_text import TEXTS

NAMES = st.sampled_from(sorted({name for names in people().values() for name in names}))
MIXED = NAMES | TEXTS | st.lists(NAMES | TEXTS, max_size=3).map(" ".join)


@given(MIXED, MIXED)
def test_order_makes_no_difference_and_scores_are_probabilities(a: str, b: str) -> None:
    found = compare_names(a, b)
    assert 0 <= found.score <= 1
    assert compare_names(b, a) == found


@given(MIXED)
def test_a_name_is_itself(name: str) -> None:
    assert compare_names(name, name).score >= 0.9 if parse(name) else not compare_names(name, name).evidence


@given(NAMES, st.sampled_from(["Mr ", "Thượng tướng ", "ឯកឧត្តម ", "le général ", "H.E. Dr. "]), NAMES)
def test_a_title_makes_no_match(name: str, title: str, other: str) -> None:
    assert (compare_names(title + name, other).score >= MATCH) == (compare_names(name, other).score >= MATCH)
