"""Settings of the property tests: the same examples on every run, and no failure because a machine is busy."""

from hypothesis import settings

settings.register_profile("resolver", deadline=None, derandomize=True)
settings.load_profile("resolver")
