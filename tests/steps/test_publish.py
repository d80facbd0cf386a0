"""An edition that is published stays what it is, and what differs from it is named."""

import hashlib
import json

import pytest

from briefing.problems import SourceError
from briefing.steps.publish import check_frozen, list_differences

PUBLISHED = {
    "manifest.json": json.dumps({"version": "0123456789ab", "files": {"en.json": "hash"}}).encode(),
    "en.json": b'{"version": "0123456789ab", "text": "Guards"}',
    "figures.json": b"[]",
}


def freeze(**changes: str) -> dict[str, bytes]:
    """Give the edition as today's sources would make it, with an id of today."""
    renewed = {name: content.replace(b"0123456789ab", b"ba9876543210") for name, content in PUBLISHED.items()}
    return renewed | {name.replace("_", "."): text.encode() for name, text in changes.items()}


def test_an_id_reckoned_in_another_way_is_no_difference() -> None:
    assert list_differences(PUBLISHED, PUBLISHED) == list_differences(PUBLISHED, freeze()) == []


def test_what_differs_is_named() -> None:
    assert list_differences(PUBLISHED, freeze(figures_json="[1]", fr_json="{}")) == ["figures.json", "fr.json"]
    assert list_differences({**PUBLISHED, "fr.json": b""}, freeze()) == ["fr.json"]


def test_an_edition_is_held_against_its_manifest_file_by_file() -> None:
    files = {"en.json": b"{}", "fr.json": b"[]"}
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    whole = {**files, "manifest.json": json.dumps({"files": hashes}).encode()}
    check_frozen("editions/2019-02", whole)
    for spoilt in (b"", b"\xff", b"[]", b'{"files": 1}'):
        with pytest.raises(SourceError, match=r"^editions/2019-02/manifest\.json:1:1: this is no manifest"):
            check_frozen("editions/2019-02", whole | {"manifest.json": spoilt})
    with pytest.raises(SourceError) as told:
        check_frozen("editions/2019-02", {"manifest.json": whole["manifest.json"], "en.json": b"{ }"})
    first, second = map(str, told.value.problems)
    assert first.startswith("editions/2019-02/en.json:1:1: this file is not as it was published; ")
    assert second.startswith("editions/2019-02/fr.json:1:1: this file is missing; ")
