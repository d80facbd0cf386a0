"""Read YAML sources with the place of every value, and hold them against a schema."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import jsonschema
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from briefing.problems import Place, Problem, SourceError, name_nearest


def read_yaml(file: str, text: str) -> Any:
    """Read YAML 1.2 text ("no" is a word, "0123" no octal); mappings and lists keep their places for `find_place`."""
    reader = YAML(typ="rt")
    try:
        return reader.load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        what = re.sub(r"\s+", " ", str(error.problem or error.context)).strip()
        raise SourceError([Problem(file, line, column, f"this is not valid YAML: {what}; mend the line")]) from None
    except YAMLError as error:
        message = f"this is not valid YAML: {str(error).splitlines()[0]}; mend the file"
        raise SourceError([Problem(file, 1, 1, message)]) from None


def find_place(file: str, root: Any, path: tuple[str | int, ...], key: str = "") -> Place:
    """Find where the value stands that `path` (keys and list positions) leads to, as near as the file tells.

    With a `key`, find where that key of the value stands.
    """
    node, line, column = root, 1, 1
    try:
        for step in path:
            marks: Any = node.lc
            position = marks.value(step) if isinstance(node, Mapping) else marks.item(step)
            line, column = position[0] + 1, position[1] + 1
            node = node[step]
        if key:
            line, column = (number + 1 for number in node.lc.key(key))
    except (AttributeError, KeyError, IndexError, TypeError):
        pass
    return Place(file, line, column)


def check_config(config: Mapping[str, Any], file: Path, schema: Path, locales: Mapping[str, Collection[str]]) -> None:
    """Hold the configuration as it stands (with what the command line changed) against its schema.

    `locales` are those that each language can be set in. Places are those of `file`, as far as a value stands there.
    This fails with a `SourceError` listing all breaches.
    """
    written = read_yaml(file.name, file.read_text("utf-8")) if file.is_file() else {}
    rules = read_yaml(schema.name, schema.read_text("utf-8"))
    check_schema(file.name, config, rules, written)
    unknown = [
        find_place(file.name, written, ("languages", position)).report(
            f'languages.{position}: "{language}" has no texts in templates/; {name_nearest(language, locales)}'
        )
        for position, language in enumerate(config["languages"])
        if language not in locales
    ]
    unknown += [
        find_place(file.name, written, ("typography", language)).report(
            f'typography.{language}: "{locale}" is not known; {name_nearest(locale, locales.get(language, ()))}'
        )
        for language, locale in config.get("typography", {}).items()
        if locale not in locales.get(language, ())
    ]
    if unknown:
        raise SourceError(unknown)


def check_schema(file: str, content: Any, schema: Mapping[str, Any], written: Any = None) -> None:
    """Hold content against a JSON Schema; every breach is a problem at its place (in `written`, if given).

    This fails with a `SourceError` that lists all breaches.
    """
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker(["date"]))
    problems = []
    for error in validator.iter_errors(content):
        path = tuple(error.absolute_path)
        where = ".".join(str(step) for step in path) or "the file"
        for key, explanation in _explain(error):
            place = find_place(file, content if written is None else written, path, key)
            problems.append(place.report(f"{where}: {explanation}"))
    if problems:
        raise SourceError(problems)


def _explain(error: jsonschema.ValidationError) -> list[tuple[str, str]]:
    """Say a breach of a schema in words an editor knows; each with the key that is wrong, or "" for the value."""
    schema: Mapping[str, Any] = error.schema if isinstance(error.schema, Mapping) else {}
    if error.validator == "additionalProperties" and isinstance(error.instance, Mapping):
        known = schema.get("properties", {})
        unknown = [str(key) for key in error.instance if key not in known]
        return [(key, f'the key "{key}" is not known here, {name_nearest(key, known)}') for key in unknown]
    return [("", _explain_value(error, schema, error.validator_value))]


def _explain_value(error: jsonschema.ValidationError, schema: Mapping[str, Any], wanted: Any) -> str:
    match error.validator:
        case "required":
            return f"{error.message}; add it"
        case "type":
            return f'"{error.instance}" should be of type {wanted}; quote it if it is text'
        case "enum":
            return f'"{error.instance}" is not one of {", ".join(map(str, wanted))}'
        case "format":
            return f'"{error.instance}" is no {wanted} of the calendar; mend it'
        case "pattern":
            hint = schema.get("description", f"the pattern {wanted}")
            return f'"{error.instance}" does not fit; expected {hint}'
        case _:
            return error.message
