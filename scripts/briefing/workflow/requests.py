"""Turn what a person asks make for into files of the workflow, and say in a sentence what is missing for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from briefing.problems import name_nearest
from briefing.workflow.revisions import NOW, find_commit, find_version_id, list_editions, object_to_version
from briefing.workflow.settings import NoteSettings, list_all
from briefing.writers import FORMATS

SOURCES = Path("sources")
VERSION_NAME = r"(?:(?!\.\.)[A-Za-z0-9._~^-])+"
"""What the name of a version looks like as a part of a path."""
PAGES = "pages"
YES, NO = ("1", "yes", "true"), ("", "0", "no", "false")
"""What says yes, and what says no, where that is all that a setting can say."""


class RequestError(ValueError):
    """What was asked for cannot be made; the message says why, and what can be."""


Settings: TypeAlias = Mapping[str, str]
Notes: TypeAlias = Mapping[str, NoteSettings]


@dataclass(frozen=True)
class Request:
    """What Snakemake is asked for: files and a step that runs anyway; and what is said once they are made.

    `verdicts` are pages of changes in Markdown, whose verdict is said too; the step that writes one says it by itself.
    `notes` are those that are asked for.
    """

    targets: Sequence[str]
    forced: str = ""
    made: Sequence[str] = ()
    verdicts: Sequence[str] = ()
    notes: Sequence[str] = ()


def read_request(name: str, settings: Settings, notes: Notes) -> Request:
    """Read a request, one of `REQUESTS`, with the settings that make was given; "" is one that was not given.

    Raises `RequestError`. Versions are looked for from the working directory.
    """
    asked = pick_notes(settings, notes)
    if name not in FOR_ALL and len(asked) > 1 and not _name_setting(settings):
        raise RequestError(f"This is done for notes that are named; say for which: NOTE={' or NOTE='.join(asked)}.")
    if name == "note" and asked == [*notes] and not _name_setting(settings) and not _has_files(settings):
        return Request(["all"], notes=asked)
    known = {note: notes[note] for note in asked}
    made = [request for note in asked if (request := REQUESTS[name](note, settings, known))]
    return Request(
        [target for request in made for target in request.targets],
        "".join({request.forced for request in made}),
        [path for request in made for path in request.made],
        [path for request in made for path in request.verdicts],
        asked,
    )


def _name_setting(settings: Settings) -> str:
    """Give the name of the setting by which notes are named; both may be given, and "" is none."""
    return next((name for name in ("NOTES", "NOTE") if settings[name]), "")


def pick_notes(settings: Settings, notes: Notes) -> list[str]:
    """Pick the notes that NOTE or NOTES names; all where neither does."""
    names = [name for name in ("NOTE", "NOTES") if settings[name]]
    return list(dict.fromkeys(note for name in names for note in pick(settings, name, [*notes]))) or [*notes]


def _ask_for_note(note: str, settings: Settings, notes: Notes) -> Request:
    """Ask for a whole note, or for some files of it, for a quick look; these stay in build/, being no whole set."""
    if _has_files(settings):
        files = [f"build/{note}/{note}.{tag}.{kind}" for tag, kind in _pick_files(note, settings, notes)]
        return Request(files, made=files)
    return Request([f"build/{note}/delivered.json"])


def _ask_for_catalogues(note: str, settings: Settings, notes: Notes) -> Request | None:
    """Ask for the catalogues of a note; a note in one language has none."""
    if not any(one.languages[1:] for one in notes.values()):
        said = "config.yaml names one language, into which nothing is translated; add another there, or in note.yaml."
        raise RequestError(said)
    if not notes[note].languages[1:]:
        return None
    return Request([f"build/{note}/translated.txt"], "translate")


def _ask_for_publication(note: str, settings: Settings, notes: Notes) -> Request:
    return Request([f"build/{note}/published.txt"], "publish")


def _ask_for_edition(note: str, settings: Settings, notes: Notes) -> Request:
    edition = f"{note}/editions/{_find_version('VERSION', settings['VERSION'], note)}"
    if _has_files(settings):
        files = [f"build/{edition}/{note}.{tag}.{kind}" for tag, kind in _pick_files(note, settings, notes)]
        return Request(files, made=files)
    return Request([f"build/{edition}/delivered.json"], made=[f"outputs/{edition}"])


def _ask_for_changes(note: str, settings: Settings, notes: Notes) -> Request:
    """Ask for the page of the changes alone, which is there long before the redlines."""
    review = _name_review(note, settings)
    page, (base, head) = f"build/{review}/changes", review.rpartition("/")[2].split("..")
    named = f" NOTE={note}" if settings["NOTE"] or settings["NOTES"] else ""
    more = f"The redlines that it leads to: make review BASE={base} HEAD={head}{named}"
    return Request([f"{page}.html"], made=[f"{page}.html", more], verdicts=[f"{page}.md"])


def _ask_for_review(note: str, settings: Settings, notes: Notes) -> Request:
    """Ask for a whole review, or for some redlines of it; "pages" are those of both versions side by side."""
    review = _name_review(note, settings)
    if _has_files(settings):
        some = _pick_files(note, settings, notes, PAGES)
        names = [f"pages.{tag}.pdf" if kind == PAGES else f"redline.{tag}.{kind}" for tag, kind in some]
        files = [f"build/{review}/{name}" for name in names]
        return Request(files, made=files)
    page = f"outputs/{review}/changes.html"
    return Request([f"build/{review}/delivered.json"], made=[page], verdicts=[f"build/{review}/changes.md"])


def _name_review(note: str, settings: Settings) -> str:
    return f"{note}/review/{'..'.join(_find_version(name, settings[name], note) for name in ('BASE', 'HEAD'))}"


REQUESTS: Mapping[str, Callable[[str, Settings, Notes], Request | None]] = {
    "note": _ask_for_note,
    "translate": _ask_for_catalogues,
    "publish": _ask_for_publication,
    "edition": _ask_for_edition,
    "changes": _ask_for_changes,
    "review": _ask_for_review,
}
"""Each asks for one note; it is given all that are asked for, of which that is one."""
FOR_ALL = ("note", "translate")
"""What is done for all notes where none is named."""


def read_verdict(page: str) -> str:
    """Read the verdict from a page of changes in Markdown, in which it follows the title."""
    return page.split("\n\n")[1].strip("*")


def _has_files(settings: Settings) -> bool:
    """Tell whether single files are asked for; else all are made, as a set."""
    return bool(settings["LANGUAGES"] or settings["FORMATS"])


def _pick_files(note: str, settings: Settings, notes: Notes, *more: str) -> list[tuple[str, str]]:
    """Pick the languages and formats of single files of a note; a language has to be one of some note asked for."""
    known = list_all(one.languages for one in notes.values())
    languages = [tag for tag in pick(settings, "LANGUAGES", known) if tag in notes[note].languages]
    formats = pick(settings, "FORMATS", [*FORMATS, *more]) if settings["FORMATS"] else notes[note].formats
    return [(tag, kind) for tag in languages for kind in formats]


def pick(settings: Mapping[str, str], name: str, known: Sequence[str]) -> Sequence[str]:
    """Pick what a setting names, by spaces or commas, from what is known; all where it names nothing."""
    picked = list(dict.fromkeys(settings[name].replace(",", " ").split()))
    for item in picked:
        if item not in known:
            raise RequestError(f'{name}={settings[name]}: there is no "{item}"; {name_nearest(item, known)}')
    return picked or known


def is_wanted(settings: Settings, name: str) -> bool:
    """Tell whether a setting such as OFFLINE says yes; "" is no, and what says neither raises `RequestError`."""
    said = settings[name].strip().casefold()
    if said in YES or said in NO:
        return said in YES
    raise RequestError(f"{name}={settings[name]} says neither yes nor no; expected {name}=1, or leave it out.")


def pick_one(settings: Settings, notes: Notes) -> str:
    """Pick the one note that is asked for; raises `RequestError` where there are several."""
    asked = pick_notes(settings, notes)
    if len(asked) > 1:
        raise RequestError(f"This is done for one note; say for which: NOTE={' or NOTE='.join(asked)}.")
    return asked[0]


def _find_version(name: str, version: str, note: str) -> str:
    """Find a version of a note by what a person calls it; a name of git that no path can have gives way to its hash.

    The version id that a file bears is a name too, unless git has a revision of this name.
    """
    if not find_commit(SOURCES, note, version):
        version = find_version_id(SOURCES, note, version) or version
    if objection := object_to_version(SOURCES, note, version):
        known = " and ".join([*list_editions(SOURCES, note), NOW])
        raise RequestError(f"{name}={version}: {objection}; {note} has {known}.")
    if re.fullmatch(VERSION_NAME, version):
        return version
    return find_commit(SOURCES, note, version)[:12]
