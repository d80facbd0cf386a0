"""Hold the configuration of the workflow against its schema, and against what the house and the sources have."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from briefing.formats.yaml_source import check_schema, find_place, read_yaml
from briefing.problems import SourceError, name_nearest


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
