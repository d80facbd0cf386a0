"""The descriptor of a note, and what it leaves to that of the house."""

from typing import Any

import pytest
import yaml

from briefing.sources.data_package import HOUSE, SOURCE, complete_package, list_left_out
from briefing.sources.snapshot import read_snapshot
from briefing.sources.version_id import compute_version
from briefing.steps.publish import FROZEN
from briefing.steps.render import list_attachments
from briefing.steps.validate import check_sources
from support.editions import read_raw

NAME = f"tiny/{SOURCE}"
SHORT = b'name: tiny\ntitle: Figures\nversion: "2019-02"\n'


def shorten(**changed: bytes) -> dict[str, bytes]:
    """Give the sources of the tiny note with a short descriptor."""
    formed = read_raw("tiny")["tiny/acronyms.csv"].replace(b"language_fr,", b"language_fr,formed_from,").splitlines()
    rows = [formed[0], *(row + b"," for row in formed[1:])]
    return {**read_raw("tiny"), NAME: SHORT, "tiny/acronyms.csv": b"\n".join(rows) + b"\n", **changed}


def test_a_whole_descriptor_takes_nothing_from_the_house() -> None:
    raw = read_raw("tiny")
    assert complete_package("tiny", raw) == raw
    assert compute_version(raw) == compute_version({**raw, HOUSE: b"licenses: []\n"})


def test_what_a_note_leaves_out_is_that_of_the_house_and_what_it_says_stays_in_its_lines() -> None:
    raw = shorten()
    whole = complete_package("tiny", raw)[NAME]
    assert whole.startswith(SHORT) and complete_package("tiny", {**raw, NAME: whole})[NAME] == whole
    house = yaml.safe_load(raw[HOUSE])
    assert yaml.safe_load(whole) == {**house, **yaml.safe_load(SHORT)}
    assert not [problem for problem in check_sources("tiny", raw) if problem.severity == "error"]
    assert read_snapshot("tiny", raw).sources.licences == [row["title"] for row in house["licenses"]]


def test_a_slip_in_a_short_descriptor_is_told_in_its_line() -> None:
    raw = shorten(**{NAME: SHORT + b"sources:\n  - path: nowhere.csv\n"})
    told = [str(problem) for problem in check_sources("tiny", raw) if problem.file.endswith(SOURCE)]
    assert [line.split(": ")[0] for line in told] == [f"sources/{NAME}:5:11"], told


def test_what_a_pdf_carries_is_a_whole_package() -> None:
    attached = list_attachments("tiny", shorten())
    package: dict[str, Any] = yaml.safe_load(attached[FROZEN])
    assert {row["path"] for row in package["resources"]} <= attached.keys() and package["title"] == "Figures"


@pytest.mark.parametrize(("own", "is_used"), [(SHORT, True), (None, False)])
def test_the_version_of_a_note_covers_what_it_takes_from_the_house(own: bytes | None, is_used: bool) -> None:
    raw = shorten(**({} if own else {NAME: read_raw("tiny")[NAME]}))
    other = {**raw, HOUSE: raw[HOUSE].replace(b"title: Observations", b"title: What was observed")}
    assert other != raw and (compute_version(raw) != compute_version(other)) is is_used
    other[HOUSE] += b"homepage: x\n"
    assert (compute_version(raw) != compute_version(other)) is is_used


@pytest.mark.parametrize("own", [b"{name: tiny}", b"", b"- a", b"{"])
def test_what_is_no_mapping_of_lines_leaves_out_nothing(own: bytes) -> None:
    assert list_left_out(own, read_raw("tiny")[HOUSE]) == {}
