"""An edition that is published stays what it is, and what differs from it is named."""

import json

from briefing.steps.publish import list_differences

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
