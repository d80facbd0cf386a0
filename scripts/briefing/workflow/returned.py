"""Find files that have come back, the notes that they hold, and the versions that they were made from."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from briefing.problems import name_nearest
from briefing.readers.docx.reading import WordReading
from briefing.sources.version_id import list_version_ids
from briefing.steps.compose import Target
from briefing.steps.import_file import ReturnedFile, Version, guess_language
from briefing.workflow.files import read_folder
from briefing.workflow.parsed_sources import read_raw_sources
from briefing.workflow.requests import RequestError
from briefing.workflow.revisions import (
    NOW,
    VERSION_ID,
    find_commit,
    find_edition,
    find_edition_of,
    find_version_commit,
    read_commit,
)

SOURCES = Path("sources")
_ID = re.compile(rf"(?<![0-9a-f]){VERSION_ID.pattern}(?![0-9a-f])")


def list_paths(said: str) -> list[Path]:
    """List the files that a setting names, each once, by spaces, which names may hold too, or as a shell has them.

    This fails with a `RequestError` that names what is no file.
    """
    if not said.strip():
        raise RequestError('Say which file has come back: FILE=reviewed.docx, or several: FILE="a.docx b.docx".')
    words, paths = said.split(), list[Path]()
    while words:
        taken = next((n for n in range(len(words), 0, -1) if _find_file(" ".join(words[:n])).is_file()), 0)
        if not taken:
            break
        paths.append(_find_file(" ".join(words[:taken])))
        words = words[taken:]
    whole = _find_file(said)
    paths, words = ([whole], []) if whole.is_file() else (paths, words)
    if words and (named := _read_quoted(said)):
        paths, words = named, []
    if words:
        ends = [number for number, word in enumerate(words, 1) if word.casefold().endswith(".docx")]
        name = " ".join(words[: ends[0]] if ends else words)
        what = f"{name} is a folder; name the file in it" if _find_file(name).is_dir() else f"there is no file {name}"
        more = "names may hold spaces as they are, and stand with their folder"
        raise RequestError(f"FILE={said}: {what}; {more}.")
    once: dict[Path, Path] = {}
    for path in paths:
        once.setdefault(path.resolve(), path)
    return [*once.values()]


def _find_file(name: str) -> Path:
    try:
        return Path(name).expanduser()
    except RuntimeError:  # there is no such person, or nobody's home is known
        return Path(name)


def _read_quoted(said: str) -> list[Path]:
    """Read names that are quoted or escaped as a shell asks for; nothing where these are not all files."""
    try:
        paths = [_find_file(name) for name in shlex.split(said)]
    except ValueError:
        return []
    return paths if all(path.is_file() for path in paths) else []


def name_import(paths: Sequence[Path]) -> str:
    """Name the folder of a proposal for its files."""
    return "+".join(re.sub(r"[^\w.-]+", "-", path.stem).strip("-.") or "file" for path in paths)


def find_returned(
    readings: Sequence[WordReading],
    note: str,
    base: str,
    targets: Sequence[Target],
    house_files: Mapping[str, bytes],
    styles: str,
) -> list[ReturnedFile]:
    """Find the language and the version of files of a note that have come back; `base` is a version that was named.

    This fails with a `RequestError` for what is none of ours.
    """
    returned = []
    for reading in readings:
        version = _find_version(reading, note, base)
        language = reading.properties.get("language", "").split("-")[0]
        if language not in {target.tag for target in targets}:
            language = guess_language(note, reading, version, house_files, styles, targets)
        returned.append(ReturnedFile(reading, language, version))
    return returned


def find_note(readings: Sequence[WordReading], named: str, notes: Sequence[str]) -> str:
    """Find the one note that files hold, or take that which is named; fails with a `RequestError` otherwise."""
    found = dict.fromkeys(name for one in readings if (name := named or one.properties.get("note", "")))
    if not found and len(notes) == 1:
        return notes[0]
    if not found:
        raise RequestError(
            f"{readings[0].name} does not say which note it holds; say it: NOTE={' or NOTE='.join(notes)}."
        )
    if len(found) > 1:
        raise RequestError(f"These files hold different notes ({', '.join(found)}); import them one by one.")
    note = next(iter(found))
    if note not in notes:
        raise RequestError(
            f'{readings[0].name} holds the note "{note}", which config.yaml does not name; {name_nearest(note, notes)}'
        )
    return note


def _find_version(reading: WordReading, note: str, base: str) -> Version:
    """Find the version that a file was made from: in the sources as they are, in git, among the published editions.

    One that is named is taken.
    """
    now = read_raw_sources(SOURCES, note)
    if base == NOW:
        return Version(NOW, now)
    if base:
        if edition := find_edition(SOURCES, note, base):
            return Version(f"the edition {base}", now, read_folder(edition))
        if commit := find_commit(SOURCES, note, base):
            return Version(base, read_commit(commit, note))
        raise RequestError(f"BASE={base}: this is no edition, and git knows no such version; name one, or BASE={NOW}.")
    known = set(list_version_ids(note, now))
    ids = list(dict.fromkeys(_list_ids(reading)))
    for version in ids:
        if version in known:
            return Version(version, now)
        if commit := find_version_commit(SOURCES, note, version):
            return Version(version, read_commit(commit, note))
        if edition := find_edition_of(SOURCES, note, version):
            return Version(f"the edition {edition}", now, read_folder(find_edition(SOURCES, note, edition)))
    where = "the sources, their editions and git do not have"
    said = f"was made from version {ids[0]}, which {where}" if ids else "names no version"
    remedy = "fetch the whole history (git fetch --unshallow), or say beside which commit to read it"
    raise RequestError(f"{reading.name} {said}; {remedy}: BASE={NOW}.")


def _list_ids(reading: WordReading) -> Iterator[str]:
    """List what can be the id of the version: the property, and what the colophon prints."""
    if VERSION_ID.fullmatch(told := reading.properties.get("version", "")):
        yield told
    for paragraph in reversed(reading.paragraphs):
        yield from _ID.findall(paragraph.text)
