"""Ask the publishers for what has become known, and propose it: `refresh.py <folder> NOTES=… OFFLINE=1 APPLY=1`.

This is no step of the workflow, whose steps open no connection. Proposals stand in outputs/<note>/refresh/<day>/, and
nothing under sources/ changes. With APPLY, a branch of git has a commit for each publisher; the working tree stays.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from briefing.problems import Problem, SourceError
from briefing.refresh import TEMPLATES
from briefing.refresh.origins import Origin
from briefing.refresh.proposal import summarise
from briefing.steps.compose import make_targets
from briefing.steps.refresh import Ask, RefreshedNote, read_contact, refresh_note, write_proposal_page
from briefing.workflow.asking import Asker, Kept, keep_answers, list_kept, read_answers
from briefing.workflow.branches import BranchError, make_branch
from briefing.workflow.cache import keep_fonts
from briefing.workflow.command_line import read_day, read_settings
from briefing.workflow.config import read_project
from briefing.workflow.files import print_problems, replace_folder
from briefing.workflow.house_files import read_house_files
from briefing.workflow.job import read_texts
from briefing.workflow.parsed_sources import read_raw_sources
from briefing.workflow.requests import RequestError, is_wanted, pick_notes
from briefing.workflow.settings import NoteSettings

ROOT = Path(__file__).resolve().parents[1]
FAILED = 2
SETTINGS = ("NOTE", "NOTES", "OFFLINE", "APPLY")


def make_ask(asker: Asker) -> Ask:
    """Make what asks for a series, and says on which day its answer was given."""

    def ask(origin: Origin) -> tuple[Sequence[bytes], str]:
        pages = asker.ask(origin)
        given = asker.given.get(origin.write_address())
        return pages, given.retrieved if given else asker.day

    return ask


def refresh(folder: Path, note: str, settings: NoteSettings, day: str, offline: bool) -> RefreshedNote:
    """Refresh a note, and write the proposal with the answers that it rests on."""
    languages = settings.languages
    targets = make_targets(languages, settings.typography)
    place = folder / "outputs" / note / "refresh"
    raw = read_raw_sources(folder / "sources", note)
    asker = Asker(day, read_contact(note, raw), Kept(tuple(list_kept(place))), folder / "sources" / note, offline)
    house_files = read_house_files(str(ROOT / "templates"), languages)
    found = refresh_note(note, raw, house_files, targets, make_ask(asker), day, settings.checks)
    page = write_proposal_page(found.proposal, read_texts(ROOT / "templates", TEMPLATES), keep_fonts(ROOT))
    given = {**read_answers(place / day / "answers"), **asker.given}  # what was given before on this day is not lost
    answers = {f"answers/{name}": content for name, content in keep_answers(given.values()).items()}
    replace_folder(place / day, {**found.files, "proposal.html": page, **answers})
    return found


def main(folder: Path, settings: Mapping[str, str], today: Callable[[], str]) -> int:
    """Refresh the notes that are asked for; what could not be had is told at the end, and gives the exit code 2."""
    day, problems, refused = today(), list[Problem](), list[str]()
    try:
        offline, is_applied = is_wanted(settings, "OFFLINE"), is_wanted(settings, "APPLY")
        notes = read_project(folder, ROOT)
        picked = pick_notes(settings, notes)
    except (SourceError, RequestError) as error:
        sys.exit(f"{error}\nNothing was changed.")
    for note in picked:
        try:
            found = refresh(folder, note, notes[note], day, offline)
        except SourceError as error:
            problems += error.problems
            continue
        problems += found.failures
        print(summarise(found.proposal))
        print(folder / "outputs" / note / "refresh" / day / "proposal.html")
        if is_applied and found.commits:
            branch = f"refresh/{note}-{day}"
            try:
                make_branch(folder, branch, found.commits)
                print(f"The branch {branch} has what is proposed, a commit for each publisher.")
            except BranchError as error:
                refused.append(f"{note}: {error}")
    if problems:
        print_problems(problems, "the others were asked for all the same.")
    if refused:
        print(*refused, "The sources were not changed.", sep="\n", file=sys.stderr)
    return FAILED if problems or refused else 0


if __name__ == "__main__":
    sys.exit(main(*read_settings(SETTINGS), read_day))
