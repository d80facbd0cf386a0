"""What the tests of the preview share: a desk for the tiny note, and what a session sees of its sources."""

import functools
from collections.abc import Mapping
from typing import cast

from briefing.preview.session import Desk, PreviewSession, Sight
from briefing.report.rows import Report
from briefing.steps.compose import Target
from briefing.steps.publish import Approved, freeze_edition
from briefing.steps.take_version import make_version
from briefing.workflow.files import list_files, read_below
from support.editions import read_raw
from support.house import ROOT, make_font_folder, make_fonts

POLICY = {"staleness": "warning"}
TINY = "tiny"


@functools.cache
def make_desk(languages: tuple[str, ...] = ("en", "fr")) -> Desk:
    """Make the desk of the tiny note, whose charts are drawn once a run."""
    templates = ROOT / "templates"
    drawn: dict[str, Mapping[str, bytes]] = {}

    def keep(shown: object, draw: functools.partial[Mapping[str, bytes]]) -> Mapping[str, bytes]:
        return drawn[repr(shown)] if repr(shown) in drawn else drawn.setdefault(repr(shown), draw())

    return Desk(
        note=TINY,
        targets=tuple(Target(tag, languages[0], "" if tag == "en" else "fr-FR") for tag in languages),
        formats=("pdf", "docx", "html"),
        policy=POLICY,
        templates=read_below(templates, list_files(templates)),
        fonts=make_fonts(),
        font_folder=make_font_folder(),
        keep=keep,
    )


def look(session: PreviewSession, raw: Mapping[str, bytes] | None = None, desk: Desk | None = None) -> Sight:
    """Look at sources, those of the tiny note unless others are given, until the whole is seen."""
    return [*session.look(desk or make_desk(), read_raw(TINY) if raw is None else raw)][-1]


def edit(old: str, new: str, name: str = "text/01-guards.md") -> dict[str, bytes]:
    """Give the sources of the tiny note, in one of which some words are others."""
    raw = dict(read_raw(TINY))
    assert raw[f"{TINY}/{name}"].count(old.encode()) == 1
    return raw | {f"{TINY}/{name}": raw[f"{TINY}/{name}"].replace(old.encode(), new.encode())}


def publish(desk: Desk, raw: Mapping[str, bytes], edition: str = "2019-01") -> dict[str, bytes]:
    """Freeze an edition of the tiny note as `make publish` does; give its files by path in its folder."""
    made = make_version(TINY, raw, desk.templates, desk.targets)
    tags = [target.tag for target in desk.targets]
    report = {"note": TINY, "edition": edition, "as_of": "2019-02-11", "version": 12 * "0"}
    approved = Approved(
        report=cast(Report, report),
        derived=made["derived.json"],
        figures=b"[]",
        documents={tag: made[f"{tag}.json"] for tag in tags},
        findings={tag: made[f"findings.{tag}.json"] for tag in tags},
        sources=raw,
    )
    return freeze_edition(approved)
