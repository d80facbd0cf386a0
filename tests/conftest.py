"""Settings for all tests: the same examples on every run, so that a failure is seen by everybody or by nobody."""

import pytest
from hypothesis import settings

settings.register_profile("house", derandomize=True, deadline=None)
settings.load_profile("house")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take long, so that no core waits for the last of them."""
    slow = {item.path for item in items if item.get_closest_marker("workflow") or item.get_closest_marker("many")}
    items.sort(key=lambda item: item.path not in slow)
