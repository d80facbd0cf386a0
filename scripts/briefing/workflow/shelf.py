"""Write the page of all notes beside their folders under outputs/, from the finished sets that stand there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from briefing.report import SHELF_TEMPLATES
from briefing.report.shelf import Finished, ShelfNote, describe_missing, describe_note, describe_shelf, write_shelf_page
from briefing.workflow.files import write_atomically
from briefing.workflow.job import read_fonts, read_texts
from briefing.workflow.revisions import list_editions
from briefing.workflow.settings import NoteSettings

PAGE, DATA = "index.html", "index.json"
_TOLD = re.compile(r"\S+:\d+:\d+: ")


def forget_complaints(folder: Path, notes: Iterable[str]) -> None:
    """Forget what the steps of earlier builds of some notes have complained of."""
    for note in notes:
        for log in (folder / "build" / note / "log").glob("*.txt"):
            log.unlink(missing_ok=True)


def write_shelf(folder: Path, templates: Path, notes: Mapping[str, NoteSettings]) -> None:
    """Write the page of all notes, and the same as JSON; a file that would be the same stays as it is."""
    shelf = describe_shelf([_read_note(folder, note, settings.languages) for note, settings in notes.items()])
    page = write_shelf_page(shelf, read_texts(templates, SHELF_TEMPLATES), read_fonts(folder / "build/fonts"))
    data = json.dumps(shelf, ensure_ascii=False, indent=1) + "\n"
    for name, text in ((PAGE, page), (DATA, data)):
        path = folder / "outputs" / name
        if not path.is_file() or path.read_bytes() != text.encode("utf-8"):
            write_atomically(path, text)


def _read_note(folder: Path, note: str, languages: Sequence[str]) -> ShelfNote:
    place, build = folder / "outputs" / note, folder / "build" / note
    is_stopped = not (build / "delivered.json").is_file()
    problems = list(_read_complaints(build / "log")) if is_stopped else []
    languages = [tag for tag in languages if (place / f"{note}.{tag}.json").is_file()]
    if not languages or not (place / "manifest.json").is_file():
        return describe_missing(note, _read_title(folder / "sources" / note / "note.yaml"), problems)
    report, figures, manifest = (_read(place / f"{name}.json") for name in ("report", "figures", "manifest"))
    found = Finished(
        report=report,
        figures=figures,
        documents={tag: _read(place / f"{note}.{tag}.json") for tag in languages},
        files=[*manifest["outputs"]],
        problems=problems,
        published=list_editions(folder / "sources", note),
    )
    return describe_note(note, found, is_stopped)


def _read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def _read_complaints(logs: Path) -> Iterable[str]:
    """Read what was wrong in the last build of a note, each thing once."""
    lines = [line for log in sorted(logs.glob("*.txt")) for line in log.read_text("utf-8", "replace").splitlines()]
    return dict.fromkeys(line for line in lines if _TOLD.match(line))


def _read_title(path: Path) -> str:
    """Read the title of a note that has not been built; nothing where it cannot be read."""
    try:
        return str(yaml.CSafeLoader(path.read_bytes()).get_single_data()["title"])
    except (OSError, yaml.YAMLError, ValueError, TypeError, KeyError):
        return ""
