"""Settings for all tests: the same examples on every run, so that a failure is seen by everybody or by nobody."""

from hypothesis import settings

settings.register_profile("house", derandomize=True, deadline=None)
settings.load_profile("house")
