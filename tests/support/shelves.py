"""Notes in all their states under outputs/, and the page that shows them side by side."""

import json
from pathlib import Path
from typing import Any

from briefing.workflow.settings import NoteSettings
from briefing.workflow.shelf import write_shelf
from support.house import ROOT

TEMPLATES = ROOT / "templates"
SETTINGS = NoteSettings(["en", "fr"], ["html", "pdf"], {}, "release", {})
STALE = "debt (2014): the latest value is 49 months old on 2019-02-11; add a newer observation"


def make_figure(name: str, where: str, **fields: Any) -> dict[str, Any]:
    row = {
        "id": name,
        "label": name.title(),
        "text": f"{name} <1>",
        "period": "2017",
        "source": "a",
        "derived_from": [],
    }
    return {**row, "where_used": [where], **fields}


def finish(folder: Path, note: str, figures: list[dict[str, Any]], stale: list[str], is_whole: bool = True) -> None:
    """Put a finished set of a note into its place, and say whether its last build was whole."""
    place, build = folder / "outputs" / note, folder / "build" / note
    place.mkdir(parents=True)
    (build / "log").mkdir(parents=True)
    warnings = [
        {"kind": kind, "message": text} for kind, text in [*(("staleness", text) for text in stale), ("glossary", "x")]
    ]
    fr = {"percent": 62.5}
    report = {
        "edition": "2019-02",
        "as_of": "2019-02-11",
        "version": "0" * 12,
        "warnings": warnings,
        "later": [1],
        "translations": {"fr": fr},
    }
    for tag in ("en", "fr"):
        metadata = {
            "title": f"The {note} & its guard ({tag})",
            "subtitle": "",
            "issued": "2019-02-12",
            "keywords": ["Sûreté"],
        }
        heading = {"type": "Heading", "children": [{"type": "Text", "text": "Its history"}]}
        (place / f"{note}.{tag}.json").write_text(json.dumps({"metadata": metadata, "blocks": [heading]}), "utf-8")
    outputs = [f"{note}.{tag}.{kind}" for tag in ("en", "fr") for kind in ("html", "json", "pdf")]
    for name in ("report.html", *outputs):
        (place / name).touch()
    for name, content in (
        ("report", report),
        ("figures", figures),
        ("manifest", {"outputs": {name: {} for name in outputs}}),
    ):
        (place / f"{name}.json").write_text(json.dumps(content), "utf-8")
    if is_whole:
        (build / "delivered.json").touch()


def fill_shelf(folder: Path) -> Path:
    """Fill a folder with a good note, one whose last build was stopped and one never made; write their page."""
    debt = make_figure("debt", "key-debt")
    finish(folder, "arden", [debt, make_figure("area", "key-area"), make_figure("other", "key-points-1-1")], [STALE])
    # The same indicator under another name, and an older value of it.
    values = (("2017", debt["text"]), ("2014", "an older one"))
    other = [
        make_figure(f"debt_{year}", "key-debt", indicator="debt", label="Debt", period=year, text=text)
        for year, text in values
    ]
    finish(folder, "strelsau", other, [], is_whole=False)
    told = "sources/strelsau/note.yaml:2:8: the title is <b>; mend it\n\n1 problem; nothing was written.\n"
    (folder / "build/strelsau/log/validate.txt").write_text(told, "utf-8")
    (folder / "sources/zenda").mkdir(parents=True)
    (folder / "sources/zenda/note.yaml").write_text("title: Zenda\n", "utf-8")
    (folder / "sources/arden/editions/2018-01").mkdir(parents=True)
    (folder / "sources/arden/editions/2018-01/manifest.json").touch()
    write_shelf(folder, TEMPLATES, dict.fromkeys(("arden", "strelsau", "zenda"), SETTINGS))
    return folder
