"""Hold the configuration of the workflow against its schema, and against what the house and the sources have."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import yaml

from briefing.formats.text import decode_source
from briefing.formats.yaml_source import check_schema, find_place, read_yaml
from briefing.problems import SourceError, name_nearest
from briefing.writers import FORMATS

CONFIG, SCHEMA = "config.yaml", "config.schema.yaml"


def read_config(folder: Path) -> tuple[str, Any]:
    """Read the text of config.yaml, which has to be plain YAML, and what it holds; a missing one is empty.

    Snakemake would take a key that stands twice without a word.
    """
    path = folder / CONFIG
    text = decode_source(CONFIG, path.read_bytes()) if path.is_file() else ""
    return text, read_yaml(CONFIG, text) if text else {}


def check_project(config: Mapping[str, Any], folder: Path, root: Path) -> None:
    """Hold the configuration of a folder against its schema and against what is there.

    `root` is the project's folder, which has the house's texts. This fails with a `SourceError` listing all breaches.
    """
    text, _ = read_config(folder)
    schema = read_yaml(SCHEMA, decode_source(SCHEMA, (root / SCHEMA).read_bytes()))
    notes = {path.parent.name for path in (folder / "sources").glob("*/note.yaml")}
    check_config(config, CONFIG, text, schema, list_locales(root / "templates/languages"), notes)


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
    known = {
        "notes": (notes, "is no folder of sources/ with a note.yaml"),
        "languages": (locales, "has no texts in templates/"),
        "formats": (FORMATS, "is no format that a note is written in"),
    }
    unknown = [
        find_place(file, written, (key, position)).report(
            f'{key}.{position}: "{name}" {what}; {name_nearest(name, names)}'
        )
        for key, (names, what) in known.items()
        for position, name in enumerate(config[key])
        if name not in names
    ]
    unknown += [
        find_place(file, written, ("typography", language)).report(
            f'typography.{language}: "{locale}" is not known; {name_nearest(locale, locales.get(language, ()))}'
        )
        for language, locale in config.get("typography", {}).items()
        if locale not in locales.get(language, ())
    ]
    if unknown:
        raise SourceError(unknown)


def list_locales(folder: str | Path) -> dict[str, list[str]]:
    """List the languages that the house can write, each with the locales that it has a typography for."""
    paths = sorted(Path(folder).glob("*.yaml"))
    # Only their keys are asked for, at each start: this parser is fast, and knows no places.
    tables = {path.stem: yaml.load(path.read_bytes(), yaml.CSafeLoader) for path in paths}
    return {tag: list(table["profiles"]) for tag, table in tables.items() if tag != "schema"}
