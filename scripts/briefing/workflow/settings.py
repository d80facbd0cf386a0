"""What holds for a note: what config.yaml says of all notes, and what its note.yaml says instead."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from briefing.formats.text import decode_source
from briefing.formats.yaml_source import find_place, read_yaml
from briefing.problems import Problem, SourceError, name_nearest
from briefing.writers import FORMATS

KEYS = ("languages", "formats", "typography", "translation", "checks")
"""What note.yaml may say instead of config.yaml; of typography and checks it says as much as differs."""
_MERGED = ("typography", "checks")


@dataclass(frozen=True)
class NoteSettings:
    """The settings of a note; `problems` are those of its note.yaml that only the house's files can tell."""

    languages: Sequence[str]
    formats: Sequence[str]
    typography: Mapping[str, str]
    translation: str
    checks: Mapping[str, str]
    problems: tuple[Problem, ...] = ()

    @property
    def source(self) -> str:
        """Give the language that the note is written in."""
        return self.languages[0]

    @property
    def is_release(self) -> bool:
        """Tell whether a text that has no translation stops the build."""
        return self.translation == "release"

    @cached_property
    def policy(self) -> dict[str, str]:
        """Say what a finding of each kind does."""
        return {"staleness": "warning", **self.checks}


def read_note_settings(
    folder: Path,
    note: str,
    config: Mapping[str, Any],
    schema: Mapping[str, Any],
    locales: Mapping[str, Collection[str]],
) -> NoteSettings:
    """Read the settings of a note from its note.yaml below a folder, over those of config.yaml.

    What stands there and cannot hold leaves what config.yaml says in its place: a breach of the schema is told with the
    other sources of the note, what the house does not have is told by `problems`. So one note stops no other.
    """
    file = f"sources/{note}/note.yaml"
    written, text = _read_quickly(folder / file)
    own = {key: written[key] for key in KEYS if key in written and _fits(written[key], schema["properties"][key])}
    unknown = list_unknown(own, locales)
    problems: list[Problem] = []
    if unknown:
        with suppress(SourceError):  # a file that cannot be read is told with the others
            tree = read_yaml(file, text)
            problems = [find_place(file, tree, path).report(message) for path, message in unknown]
    for path, _ in unknown:
        own.pop(str(path[0]), None)
    merged = {key: {**config.get(key, {}), **own.pop(key, {})} for key in _MERGED}
    said = {"translation": "release", **{key: config[key] for key in KEYS if key in config}, **own, **merged}
    return NoteSettings(**{key: said[key] for key in KEYS}, problems=tuple(problems))


def _read_quickly(path: Path) -> tuple[Mapping[str, Any], str]:
    """Read a mapping of YAML at once, without its places; nothing where it cannot be read."""
    try:
        text = decode_source(path.as_posix(), path.read_bytes())
        tree = yaml.CSafeLoader(text).get_single_data()
    except (OSError, SourceError, yaml.YAMLError, ValueError, RecursionError):
        return {}, ""
    return (tree if isinstance(tree, dict) else {}), text


def _fits(value: Any, schema: Mapping[str, Any]) -> bool:
    # What config.yaml has to say of every check, a note says of some.
    return bool(jsonschema.Draft202012Validator({**schema, "required": []}).is_valid(value))


def list_unknown(
    settings: Mapping[str, Any], locales: Mapping[str, Collection[str]]
) -> list[tuple[tuple[str | int, ...], str]]:
    """List what settings ask for and the house does not have, each with the way to it and what to say of it."""
    known: Mapping[str, tuple[Collection[str], str]] = {
        "languages": (locales, "is no language that the house writes"),
        "formats": (FORMATS, "is no format that a note is written in"),
    }
    unknown: list[tuple[tuple[str | int, ...], str]] = [
        ((key, position), f'{key}.{position}: "{name}" {what}; {_remedy(key, name, names)}')
        for key, (names, what) in known.items()
        for position, name in enumerate(settings.get(key, ()))
        if name not in names
    ]
    unknown += [
        (
            ("typography", tag),
            f'typography.{tag}: "{locale}" is not known; {name_nearest(locale, locales.get(tag, ()))}',
        )
        for tag, locale in settings.get("typography", {}).items()
        if locale not in locales.get(tag, ())
    ]
    return unknown


def _remedy(key: str, name: str, names: Collection[str]) -> str:
    if key == "languages":
        taken = " or ".join(sorted(names))
        return f"write templates/languages/{name}.yaml first, as CONTRIBUTING.md says, or take {taken}"
    return name_nearest(name, names)


def list_all(values: Iterable[Sequence[str]]) -> list[str]:
    """List what some notes have, each once, in the order of the first note that has it."""
    return list(dict.fromkeys(item for row in values for item in row))
