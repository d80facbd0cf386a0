"""Turn what a person asks make for into files of the workflow, and say in a sentence what is missing for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.problems import name_nearest
from briefing.workflow.revisions import NOW, find_commit, find_version_id, object_to_version
from briefing.writers import FORMATS

SOURCES = Path("sources")
VERSION_NAME = r"(?:(?!\.\.)[A-Za-z0-9._~^-])+"
"""What the name of a version looks like as a part of a path."""
PAGES = "pages"


class RequestError(ValueError):
    """What was asked for cannot be made; the message says why, and what can be."""


@dataclass(frozen=True)
class Request:
    """What Snakemake is asked for: files and a step that runs anyway; and what is said once they are made.

    `verdict` is a page of changes in Markdown, whose verdict is said too; the step that writes it says it by itself.
    """

    targets: Sequence[str]
    forced: str = ""
    made: Sequence[str] = ()
    verdict: str = ""


def read_request(name: str, settings: Mapping[str, str], config: Mapping[str, Any]) -> Request:
    """Read a request, one of `REQUESTS`, with the settings that make was given; "" is one that was not given.

    Raises `RequestError`. Versions are looked for from the working directory.
    """
    return REQUESTS[name](settings, config)


def _ask_for_notes(settings: Mapping[str, str], config: Mapping[str, Any]) -> Request:
    """Ask for whole notes, or for some files of them, for a quick look; these stay in build/, being no whole set."""
    notes = pick(settings, "NOTE", config["notes"])
    if some := _pick_files(settings, config):
        files = [f"build/{note}/{note}.{tag}.{kind}" for note in notes for tag, kind in some]
        return Request(files, made=files)
    return Request([f"build/{note}/delivered.json" for note in notes] if settings["NOTE"] else ["all"])


def _ask_for_catalogues(settings: Mapping[str, str], config: Mapping[str, Any]) -> Request:
    if not config["languages"][1:]:
        raise RequestError("config.yaml names one language, into which nothing is translated; add another there.")
    notes = pick(settings, "NOTE", config["notes"])
    return Request([f"build/{note}/translated.txt" for note in notes], "translate")


def _ask_for_publication(settings: Mapping[str, str], config: Mapping[str, Any]) -> Request:
    return Request([f"build/{pick_one(settings, config)}/published.txt"], "publish")


def _ask_for_edition(settings: Mapping[str, str], config: Mapping[str, Any]) -> Request:
    note = pick_one(settings, config)
    edition = f"{note}/editions/{_find_version('VERSION', settings['VERSION'], note)}"
    if some := _pick_files(settings, config):
        files = [f"build/{edition}/{note}.{tag}.{kind}" for tag, kind in some]
        return Request(files, made=files)
    return Request([f"build/{edition}/delivered.json"], made=[f"outputs/{edition}"])


def _ask_for_changes(settings: Mapping[str, str], config: Mapping[str, Any]) -> Request:
    """Ask for the page of the changes alone, which is there long before the redlines."""
    page = f"build/{_name_review(settings, config)}/changes"
    return Request([f"{page}.html"], made=[f"{page}.html"], verdict=f"{page}.md")


def _ask_for_review(settings: Mapping[str, str], config: Mapping[str, Any]) -> Request:
    """Ask for a whole review, or for some redlines of it; "pages" are those of both versions side by side."""
    review = _name_review(settings, config)
    if some := _pick_files(settings, config, PAGES):
        names = [f"pages.{tag}.pdf" if kind == PAGES else f"redline.{tag}.{kind}" for tag, kind in some]
        files = [f"build/{review}/{name}" for name in names]
        return Request(files, made=files)
    page = f"outputs/{review}/changes.html"
    return Request([f"build/{review}/delivered.json"], made=[page], verdict=f"build/{review}/changes.md")


def _name_review(settings: Mapping[str, str], config: Mapping[str, Any]) -> str:
    note = pick_one(settings, config)
    return f"{note}/review/{'..'.join(_find_version(name, settings[name], note) for name in ('BASE', 'HEAD'))}"


REQUESTS: Mapping[str, Callable[[Mapping[str, str], Mapping[str, Any]], Request]] = {
    "note": _ask_for_notes,
    "translate": _ask_for_catalogues,
    "publish": _ask_for_publication,
    "edition": _ask_for_edition,
    "changes": _ask_for_changes,
    "review": _ask_for_review,
}


def read_verdict(page: str) -> str:
    """Read the verdict from a page of changes in Markdown, in which it follows the title."""
    return page.split("\n\n")[1].strip("*")


def _pick_files(settings: Mapping[str, str], config: Mapping[str, Any], *more: str) -> Sequence[tuple[str, str]]:
    """Pick the languages and formats of single files; none where neither is given, for then all are made, as a set."""
    if not settings["LANGUAGES"] and not settings["FORMATS"]:
        return []
    languages = pick(settings, "LANGUAGES", config["languages"])
    formats = pick(settings, "FORMATS", [*FORMATS, *more]) if settings["FORMATS"] else config["formats"]
    return [(tag, kind) for tag in languages for kind in formats]


def pick(settings: Mapping[str, str], name: str, known: Sequence[str]) -> Sequence[str]:
    """Pick what a setting names, by spaces or commas, from what is known; all where it names nothing."""
    picked = list(dict.fromkeys(settings[name].replace(",", " ").split()))
    for item in picked:
        if item not in known:
            raise RequestError(f'{name}={settings[name]}: there is no "{item}"; {name_nearest(item, known)}')
    return picked or known


def pick_one(settings: Mapping[str, str], config: Mapping[str, Any]) -> str:
    """Pick the one note that is asked for; raises `RequestError` where there are several."""
    notes = pick(settings, "NOTE", config["notes"])
    if len(notes) > 1:
        raise RequestError(f"This is done for one note; say for which: NOTE={' or NOTE='.join(notes)}.")
    return notes[0]


def _find_version(name: str, version: str, note: str) -> str:
    """Find a version of a note by what a person calls it; a name of git that no path can have gives way to its hash.

    The version id that a file bears is a name too, unless git has a revision of this name.
    """
    if not find_commit(SOURCES, note, version):
        version = find_version_id(SOURCES, note, version) or version
    if objection := object_to_version(SOURCES, note, version):
        editions = sorted(path.name for path in (SOURCES / note / "editions").glob("*") if path.is_dir())
        raise RequestError(f"{name}={version}: {objection}; {note} has {' and '.join([*editions, NOW])}.")
    if re.fullmatch(VERSION_NAME, version):
        return version
    return find_commit(SOURCES, note, version)[:12]
