"""Turn edited Word files into a proposal to the sources: `import_file.py <folder> FILE=… NOTE=… BASE=… APPLY=1`.

This is no step of the workflow, for people hand files in from anywhere. Proposals stand in
outputs/<note>/import/<name>/, and nothing under sources/ changes but with APPLY, by what has no conflict.
"""

import gc
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from briefing.problems import SourceError
from briefing.readers.docx.reader import read_docx
from briefing.returns import TEMPLATES
from briefing.returns.page import explain_nothing, summarise_remarks
from briefing.steps.compose import make_targets
from briefing.steps.import_file import ImportedFiles, import_files, list_untranslated, write_remarks_page
from briefing.workflow.cache import keep_fonts
from briefing.workflow.command_line import read_settings
from briefing.workflow.config import read_project
from briefing.workflow.files import replace_folder, write_together
from briefing.workflow.house_files import read_house_files
from briefing.workflow.job import read_texts
from briefing.workflow.parsed_sources import read_raw_sources
from briefing.workflow.requests import RequestError, is_wanted
from briefing.workflow.returned import find_note, find_returned, list_paths, name_import

ROOT = Path(__file__).resolve().parents[1]
HOUSE = str(ROOT / "templates")
Left = Callable[[], Iterable[str]]
"""Lists what is left to do once an import is accepted, a line each."""


def import_paths(paths: Sequence[Path], settings: Mapping[str, str], day: str) -> tuple[ImportedFiles, Path, Left]:
    """Import files into the project of the working directory; give what came of it, where, and what is left to do."""
    notes = read_project(Path(), ROOT)
    styles = Path(HOUSE, "docx.yaml").read_text("utf-8")
    files: dict[bytes, Path] = {}
    for path in paths:
        files.setdefault(path.read_bytes(), path)  # a copy says nothing more
    readings = [read_docx(path.name, content) for content, path in files.items()]
    note = find_note(readings, settings["NOTE"], [*notes])
    targets = make_targets(notes[note].languages, notes[note].typography)
    house_files = read_house_files(HOUSE, notes[note].languages)
    returned = find_returned(readings, note, settings["BASE"], targets, house_files, styles)
    now = read_raw_sources(Path("sources"), note)
    found = import_files(note, now, returned, house_files, styles, targets, day)
    place = Path("outputs", note, "import", name_import([*files.values()]))
    page = write_remarks_page(found.proposal, read_texts(HOUSE, TEMPLATES), keep_fonts(ROOT))
    replace_folder(place, {**found.files, "proposal.html": page})
    return found, place, partial(list_untranslated, note, {**now, **found.changed}, house_files, targets)


def main(folder: Path, settings: Mapping[str, str], day: str) -> int:
    """Import files, say what they ask for, and write it into the sources where that is wanted."""
    try:
        is_applied = is_wanted(settings, "APPLY")
        paths = [path.resolve() for path in list_paths(settings["FILE"])]
        os.chdir(folder)
        found, place, list_left = import_paths(paths, settings, day)
    except (SourceError, RequestError) as error:
        sys.exit(f"{error}\nNothing was changed.")
    print(summarise_remarks(found.proposal))
    for doubt in found.proposal["doubts"]:
        print(doubt)
    print(folder / place / "proposal.html")
    if not found.changed:
        print(f"Nothing under sources/ was changed: {explain_nothing(found.proposal)}.")
    elif is_applied:
        write_together({Path("sources", name): content for name, content in found.changed.items()})
        print(*(f"Changed: {path}" for path in found.proposal["patched"]), sep="\n")
        if len(found.changed) > 1:
            print(f"All {len(found.changed)} files were written in one go.")
        for line in list_left():
            print(line)
    else:
        print(f"Nothing under sources/ was changed; APPLY=1 does it, or git apply {place / 'sources.patch'}.")
    return 0


if __name__ == "__main__":
    gc.disable()  # the process is short, and keeps what it makes
    place, given = read_settings(("FILE", "NOTE", "BASE", "APPLY"))
    sys.exit(main(place.resolve(), given, datetime.now(UTC).date().isoformat()))
