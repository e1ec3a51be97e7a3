"""The collector of garbage while tables are made and while a server answers."""

from __future__ import annotations

import gc

from resolver.garbage_collection import gc_of_a_server, gc_paused, gc_relaxed


def test_a_server_searches_everything_seldom_and_leaves_the_collector_as_it_was() -> None:
    before = gc.get_threshold()
    with gc_of_a_server():
        young, middle, old = gc.get_threshold()
        assert young * middle * old >= 10_000_000
        assert gc.get_freeze_count() > 0
        with gc_relaxed():
            assert gc.get_threshold()[0] >= young
        assert gc.get_threshold() == (young, middle, old)
    assert gc.get_threshold() == before
    gc.unfreeze()


def test_a_large_batch_pauses_it_and_a_small_one_does_not() -> None:
    with gc_paused(10):
        assert gc.isenabled()
    with gc_paused(100_000):
        assert not gc.isenabled()
    assert gc.isenabled()
