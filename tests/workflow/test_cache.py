"""Tests of what is kept beside the environment: made once, whatever happens to the place where it is kept."""

import os
import time
from pathlib import Path
from unittest.mock import Mock

import pytest

from briefing.workflow.cache import CACHE, keep_files

FILES = {"a.svg": b"<svg/>", "b.png": bytes(range(256))}


@pytest.fixture(name="cache")
def make_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lead the cache to a folder that is not there yet."""
    monkeypatch.setenv(CACHE, str(tmp_path / "cache"))
    return tmp_path / "cache"


def keep(digest: str, make: Mock) -> None:
    """Ask for the files, which are always the same."""
    assert keep_files(Path(), "chart", digest, make) == FILES


def test_what_was_made_is_not_made_again(cache: Path) -> None:
    """The second time it is read; another digest is another thing."""
    make = Mock(return_value=FILES)
    keep("1", make)
    keep("1", make)
    assert make.call_count == 1
    keep("2", make)
    assert make.call_count == 2


@pytest.mark.parametrize("damage", [b"", b"PK\3\4 no archive"])
def test_what_is_damaged_is_made_again(cache: Path, damage: bytes) -> None:
    """An archive that was cut off or overwritten is put right."""
    make = Mock(return_value=FILES)
    keep("1", make)
    (archive,) = cache.iterdir()
    whole = archive.read_bytes()
    archive.write_bytes(damage)
    keep("1", make)
    assert make.call_count == 2
    assert archive.read_bytes() == whole


def test_a_changed_byte_is_seen(cache: Path) -> None:
    """What stands in the archive is held against its sums."""
    make = Mock(return_value=FILES)
    keep("1", make)
    (archive,) = cache.iterdir()
    archive.write_bytes(archive.read_bytes().replace(b"<svg/>", b"<SVG/>"))
    keep("1", make)
    assert make.call_count == 2


def test_a_cache_that_cannot_be_written_is_done_without(cache: Path) -> None:
    """A file stands where the folder should."""
    cache.write_bytes(b"")
    make = Mock(return_value=FILES)
    keep("1", make)
    keep("1", make)
    assert make.call_count == 2


def test_what_nobody_asked_for_in_a_month_is_forgotten(cache: Path) -> None:
    """What was asked for lately stays."""
    make = Mock(return_value=FILES)
    keep("old", make)
    keep("asked", make)
    for path in cache.iterdir():
        os.utime(path, (time.time() - 40 * 86_400,) * 2)
    keep("asked", make)
    keep("new", make)
    assert {path.name for path in cache.iterdir()} == {"chart-asked.zip", "chart-new.zip"}
