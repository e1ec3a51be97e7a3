"""Names near to a misspelt one are those that a comparison with all of them finds."""

from __future__ import annotations

from random import Random

from rapidfuzz.distance import OSA

from resolver.addresses.place_names import Choices, PlaceName
from resolver.text import keys, khmer_sounds
from tests import samples


def _names(country: str, count: int) -> list[str]:
    rows = [row for row in samples.name_rows() if row.country == country and row.type == "commune"]
    found = sorted({str(keys.key(row.text)) for row in rows if row.text.isascii()})
    return Random(samples.SEED).sample(found, count)


def test_a_tree_of_sounds_finds_what_sounds_alike() -> None:
    words = _names("KH", 250)
    tree = khmer_sounds.SoundTree(words)
    found = 0
    for word in words[:60]:
        for heard in khmer_sounds.sounds(word[:-1]):
            near = set(tree.near(heard, 0.8))
            expected = {
                (sound, other)
                for other in words
                for sound in khmer_sounds.sounds(other)
                if khmer_sounds.difference(sound, heard) <= 0.8
            }
            assert near == expected
            found += len(near)
    assert found > 20


def test_choices_of_a_length_miss_no_name_within_the_edits() -> None:
    words = _names("KH", 300)
    named = {word: [PlaceName(at, at, *(word,) * 4, False, False, False, (1, 2))] for at, word in enumerate(words)}
    choices = Choices(named, typed=False)
    rng = Random(samples.SEED)
    for word in (word for word in words if len(word) >= 8):
        wrong = samples.misspell(word, rng)
        nearest = min(OSA.distance(wrong, other) for other in words)
        assert [near.edits for near in choices.near(wrong)][:1] == [nearest]
