"""Turn edited Word files into a proposal to the sources: `import_file.py <folder> FILE=… NOTE=… BASE=… APPLY=1`.

This is no step of the workflow, for people hand files in from anywhere. Proposals stand in
outputs/<note>/import/<name>/, and nothing under sources/ changes but with APPLY, by what has no conflict.
"""

import argparse
import gc
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from briefing.problems import SourceError
from briefing.readers.docx.reader import read_docx
from briefing.returns import TEMPLATES
from briefing.returns.page import summarise_remarks
from briefing.steps.compose import make_targets
from briefing.steps.import_file import ImportedFiles, import_files, write_remarks_page
from briefing.workflow.config import read_project
from briefing.workflow.files import replace_folder, telling_problems, write_together
from briefing.workflow.house_files import read_house_files
from briefing.workflow.job import read_fonts, read_texts
from briefing.workflow.parsed_sources import read_raw_sources
from briefing.workflow.requests import RequestError
from briefing.workflow.returned import find_note, find_returned, list_paths, name_import

ROOT = Path(__file__).resolve().parents[1]
HOUSE = str(ROOT / "templates")


def import_named(settings: Mapping[str, str], day: str) -> tuple[ImportedFiles, Path]:
    """Import the files that are named into the project of the working directory; give what came of it, and where."""
    notes = read_project(Path(), ROOT)
    paths = list_paths(settings["FILE"])
    styles = Path(HOUSE, "docx.yaml").read_text("utf-8")
    with telling_problems():
        readings = [read_docx(path.name, path.read_bytes()) for path in paths]
        note = find_note(readings, settings["NOTE"], [*notes])
        targets = make_targets(notes[note].languages, notes[note].typography)
        house_files = read_house_files(HOUSE, notes[note].languages)
        returned = find_returned(readings, note, settings["BASE"], targets, house_files, styles)
        now = read_raw_sources(Path("sources"), note)
        found = import_files(note, now, returned, house_files, styles, targets, day)
    place = Path("outputs", note, "import", name_import(paths))
    page = write_remarks_page(found.proposal, read_texts(HOUSE, TEMPLATES), read_fonts("build/fonts"))
    replace_folder(place, {**found.files, "proposal.html": page})
    return found, place


def main(folder: Path, settings: Mapping[str, str], day: str) -> int:
    """Import files, say what they ask for, and write it into the sources where that is wanted."""
    named = {**settings, "FILE": settings["FILE"]}
    try:
        named["FILE"] = "\n".join(str(path.resolve()) for path in list_paths(settings["FILE"]))
        os.chdir(folder)
        found, place = import_named(named, day)
    except (SourceError, RequestError) as error:
        sys.exit(f"{error}\nNothing was changed.")
    print(summarise_remarks(found.proposal))
    for doubt in found.proposal["doubts"]:
        print(doubt)
    print(folder / place / "proposal.html")
    if settings["APPLY"]:
        write_together({Path("sources", name): content for name, content in found.changed.items()})
        print(*(f"Changed: {path}" for path in found.proposal["patched"]), sep="\n")
        if len(found.changed) > 1:
            print(f"All {len(found.changed)} files were written in one go.")
        elif not found.changed:
            print("Nothing under sources/ was changed: nothing that is asked for can be written by itself.")
    elif found.changed:
        print(f"Nothing under sources/ was changed; APPLY=1 does it, or git apply {place / 'sources.patch'}.")
    return 0


if __name__ == "__main__":
    from datetime import UTC, datetime

    gc.disable()  # the process is short, and keeps what it makes
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("settings", nargs="*", metavar="NAME=value", help="FILE, NOTE, BASE, APPLY")
    options = parser.parse_args()
    given = dict(setting.split("=", 1) for setting in options.settings)
    blank = dict.fromkeys(("FILE", "NOTE", "BASE", "APPLY"), "")
    sys.exit(main(options.folder.resolve(), {**blank, **given}, datetime.now(UTC).date().isoformat()))
