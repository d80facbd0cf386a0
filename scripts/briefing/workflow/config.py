"""Hold the configuration of the workflow against its schema, and against what the house and the sources have."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, cast

import yaml

from briefing.formats.text import decode_source
from briefing.formats.yaml_source import check_schema, find_place, read_yaml
from briefing.language.house_names import list_house_files
from briefing.problems import Problem, SourceError, name_nearest
from briefing.workflow.settings import NoteSettings, list_unknown, read_note_settings
from briefing.writers.material import list_templates

CONFIG, SCHEMA = "config.yaml", "config.schema.yaml"


def read_project(folder: Path, root: Path) -> dict[str, NoteSettings]:
    """Read the settings of the notes of a folder; this fails with a `SourceError` as `read_config` does."""
    return read_all_settings(folder, root, read_config(folder, root))


def read_config(folder: Path, root: Path) -> Mapping[str, Any]:
    """Read the configuration of a folder, held against its schema and against what is there.

    It has to be plain YAML; Snakemake would take a key that stands twice without a word. `root` is the folder of the
    project, which has the house's texts. This fails with a `SourceError` listing all breaches.
    """
    path = folder / CONFIG
    if not path.is_file():
        message = "this file is missing; it names notes, languages and formats, as that of the project does"
        raise SourceError([Problem(CONFIG, 1, 1, message)])
    text = decode_source(CONFIG, path.read_bytes())
    config, schema = read_yaml(CONFIG, text), read_schema(root)
    notes = {path.parent.name for path in (folder / "sources").glob("*/note.yaml")}
    check_config(config, CONFIG, text, schema, list_locales(root / "templates/languages"), notes)
    return cast(Mapping[str, Any], config)


def read_all_settings(folder: Path, root: Path, config: Mapping[str, Any]) -> dict[str, NoteSettings]:
    """Read the settings of all notes of a folder, whose configuration has been held against its schema."""
    schema, locales = read_schema(root), list_locales(root / "templates/languages")
    return {note: read_note_settings(folder, note, config, schema, locales) for note in config["notes"]}


def read_schema(root: Path) -> Any:
    """Read the schema of the configuration."""
    return read_yaml(SCHEMA, decode_source(SCHEMA, (root / SCHEMA).read_bytes()))


def check_templates(notes: Iterable[NoteSettings], templates: Path, with_catalogues: bool) -> None:
    """Hold the house's files against what notes ask for; the catalogues may be what is to be made.

    This fails with a `SourceError` listing those that are missing.
    """
    notes = list(notes)
    texts = dict.fromkeys(name for note in notes for tag in note.languages for name in list_house_files(tag))
    looks = dict.fromkeys(name for note in notes for kind in note.formats for name in list_templates(kind))
    made = {name: "run make translate to make it" for name in texts if name.endswith(".po")}
    missing = [name for name in {**texts, **looks} if not (templates / name).is_file()]
    problems = [
        Problem(f"templates/{name}", 1, 1, f"this file is missing; {made.get(name, 'take it back from git')}")
        for name in missing
        if with_catalogues or name not in made
    ]
    if problems:
        raise SourceError(problems)


def check_config(
    config: Mapping[str, Any],
    file: str,
    text: str,
    schema: Any,
    locales: Mapping[str, Collection[str]],
    notes: Collection[str],
) -> None:
    """Hold the configuration as it stands (with what the command line changed) against its schema.

    `locales` are those that each language can be set in, `notes` the folders that hold one. Places are those of `text`,
    as far as a value stands there. This fails with a `SourceError` listing all breaches.
    """
    written = read_yaml(file, text) if text else {}
    check_schema(file, config, schema, written)
    problems = [
        find_place(file, written, ("notes", position)).report(
            f'notes.{position}: "{name}" is no folder of sources/ with a note.yaml; {name_nearest(name, notes)}'
        )
        for position, name in enumerate(config["notes"])
        if name not in notes
    ]
    problems += [find_place(file, written, path).report(message) for path, message in list_unknown(config, locales)]
    if problems:
        raise SourceError(problems)


def list_locales(folder: str | Path) -> dict[str, list[str]]:
    """List the languages that the house can write, each with the locales that it has a typography for."""
    paths = sorted(Path(folder).glob("*.yaml"))
    # Only their keys are asked for, at each start: this parser is fast, and knows no places.
    tables = {path.stem: yaml.CSafeLoader(path.read_bytes()).get_single_data() for path in paths}
    return {tag: list(table["profiles"]) for tag, table in tables.items() if tag != "schema"}
