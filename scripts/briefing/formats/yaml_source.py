"""Read YAML sources with the place of every value, and hold them against a schema."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache, partial
from typing import Any

import jsonschema
from ruamel.yaml import YAML
from ruamel.yaml.composer import MaxDepthExceededError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import ScalarEvent

from briefing.formats.plain_yaml import MAX_DEPTH, PlainComposer, RefusedError
from briefing.problems import Place, Problem, SourceError, name_nearest, shorten

# The kinds of value of JSON Schema, in the words of editors.
KINDS = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "keys with their values",
    "null": "nothing",
}
# How a text looks that is of another kind but for its quotation marks.
PLAIN = {
    "integer": re.compile(r"[-+]?(0|[1-9]\d*)"),
    "number": re.compile(r"[-+]?(0|[1-9]\d*)(\.\d+)?"),
    "boolean": re.compile(r"true|false"),
}
MANY = 12  # names that are still told all


@lru_cache(maxsize=128)
def read_yaml(file: str, text: str, plain: bool = True) -> Any:
    """Read YAML 1.2 text ("no" is a word, "0123" no octal); mappings and lists keep their places for `find_place`.

    What an editor writes is `plain`: no anchors, no tags, no text that ends in a comment. Templates are ours.
    What was read is never changed, so that the same text is read once.
    """
    reader = YAML(typ="rt")
    cut: list[Any] = []
    if plain:
        reader.Composer = partial(PlainComposer, cut)  # type: ignore[assignment]
    reader.max_depth = MAX_DEPTH
    try:
        content = reader.load(text)
    except MaxDepthExceededError as error:
        place = _mark_place(file, error.problem_mark)
        message = f"this is nested deeper than {MAX_DEPTH} levels; no source needs that, mend the brackets or indents"
        raise SourceError([place.report(message)]) from None
    except RefusedError as error:
        raise SourceError([_mark_place(file, error.problem_mark).report(str(error.problem))]) from None
    except MarkedYAMLError as error:
        place = _mark_place(file, error.problem_mark or error.context_mark)
        what = re.sub(r"\s+", " ", str(error.problem or error.context)).strip()
        raise SourceError([place.report(f"this is not valid YAML: {what}; mend the line")]) from None
    except (YAMLError, ValueError, RecursionError) as error:
        what = (str(error).splitlines() or ["it cannot be read"])[0]
        raise SourceError([_find_unread(file, text).report(f"this is not valid YAML: {what}; mend it")]) from None
    if endless := [path for path, leaf in list_leaves(content) if isinstance(leaf, float) and not math.isfinite(leaf)]:
        message = "this is no number that can be counted with; write a plain number, such as 12.4"
        raise SourceError(find_place(file, content, path).report(message) for path in endless)
    if cut:
        message = "what follows # is a comment and is not read; quote the text, or give the comment a line of its own"
        raise SourceError(_mark_place(file, mark).report(message) for mark in cut)
    return content


def list_leaves(node: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """List the keys and values below a node that have no others below them, each with the path that leads to it."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield (*path, key), key
            yield from list_leaves(value, (*path, key))
    elif isinstance(node, list):
        for position, value in enumerate(node):
            yield from list_leaves(value, (*path, position))
    else:
        yield path, node


def _mark_place(file: str, mark: Any) -> Place:
    return Place(file, mark.line + 1, mark.column + 1) if mark else Place(file, 1)


def _find_unread(file: str, text: str) -> Place:
    """Find the scalar that looks like a date and is none (30 February), of which the parser does not tell the place."""
    with suppress(YAMLError, RecursionError):
        for event in YAML(typ="rt").parse(text):
            if isinstance(event, ScalarEvent) and event.style is None:
                try:
                    YAML(typ="rt").load(event.value)
                except YAMLError:
                    continue
                except ValueError:
                    return _mark_place(file, event.start_mark)
    return Place(file, 1)


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


def check_schema(file: str, content: Any, schema: Mapping[str, Any], written: Any = None) -> None:
    """Hold content against a JSON Schema; every breach is a problem at its place (in `written`, if given).

    This fails with a `SourceError` that lists all breaches. What was read is never changed, so that the same content
    is held against the same schema once.
    """
    written = content if written is None else written
    if problems := _list_breaches(file, _Same(content), _Same(schema), _Same(written)):
        raise SourceError(problems)


class _Same:
    """A key of a cache that is the same for the same object; the cache keeps the object, and so its identity."""

    __slots__ = ("it",)

    def __init__(self, it: Any) -> None:
        self.it = it

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.it is self.it

    def __hash__(self) -> int:
        return id(self.it)


@lru_cache(maxsize=64)
def _list_breaches(file: str, content: _Same, schema: _Same, written: _Same) -> tuple[Problem, ...]:
    """List the breaches of a schema, in content that was read."""
    if unnamed := list(_find_unnamed(content.it)):
        return tuple(
            find_place(file, written.it, path, key).report(f"the key {_name(key)} is no text; mend it, or quote it")
            for path, key in unnamed
        )
    validator = jsonschema.Draft202012Validator(schema.it, format_checker=jsonschema.FormatChecker(["date"]))
    problems = []
    for error in validator.iter_errors(content.it):
        path = tuple(error.absolute_path)
        where = ".".join(str(step) for step in path) or "the file"
        for key, explanation in _explain(error):
            place = find_place(file, written.it, path, key)
            problems.append(place.report(f"{where}: {explanation}"))
    return tuple(problems)


def _find_unnamed(node: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Find the keys that are no text (7, true, nothing), each with the way to the mapping that has it."""
    items = node.items() if isinstance(node, Mapping) else enumerate(node) if isinstance(node, list) else ()
    for key, value in items:
        if isinstance(node, Mapping) and not isinstance(key, str):
            yield path, key
        yield from _find_unnamed(value, (*path, key))


def _explain(error: jsonschema.ValidationError) -> list[tuple[str, str]]:
    """Say a breach of a schema in words an editor knows; each with the key that is wrong, or "" for the value."""
    schema: Mapping[str, Any] = error.schema if isinstance(error.schema, Mapping) else {}
    if error.validator == "additionalProperties" and isinstance(error.instance, Mapping):
        known = schema.get("properties", {})
        unknown = [str(key) for key in error.instance if key not in known]
        return [(key, f'the key "{key}" is not known here, {name_nearest(key, known)}') for key in unknown]
    return [("", _explain_value(error, schema, error.validator_value))]


def _explain_type(value: Any, wanted: Sequence[str]) -> str:
    """Say what stands where another kind of value is wanted, and how to write that."""
    expected = " or ".join(KINDS[kind] for kind in wanted)
    if value is None:
        return f"this is empty; expected {expected}"
    if isinstance(value, str):
        is_quoted = any(PLAIN[kind].fullmatch(value.strip()) for kind in wanted if kind in PLAIN)
        return f"{_name(value)} is text; " + (
            "write it without quotation marks" if is_quoted else f"expected {expected}"
        )
    if isinstance(value, Mapping | list):
        return f"found {_name(value)}, expected {expected}"
    shown = _name(value)
    kind = "a date" if not isinstance(value, int | float) else KINDS["boolean" if isinstance(value, bool) else "number"]
    return f"{shown} is {kind}; expected {expected}" + (", in quotation marks" if "string" in wanted else "")


def _name(value: Any) -> str:
    """Name a value in a sentence: a text or number as it stands, else its kind."""
    if value is None:
        return KINDS["null"]
    if isinstance(value, Mapping | list):
        return KINDS["object" if isinstance(value, Mapping) else "array"]
    if isinstance(value, str):
        return f'"{shorten(value)}"'
    return str(value).lower() if isinstance(value, bool) else shorten(str(value))


def _explain_value(error: jsonschema.ValidationError, schema: Mapping[str, Any], wanted: Any) -> str:
    value: Any = error.instance
    match error.validator:
        case "required":
            return f"{error.message}; add it"
        case "dependentRequired":
            lacking = next(key for name, keys in wanted.items() if name in value for key in keys if key not in value)
            return f"'{lacking}' is a required property beside the others; add it"
        case "type":
            return _explain_type(error.instance, [wanted] if isinstance(wanted, str) else wanted)
        case "enum":
            if len(wanted) > MANY:
                return f"{_name(error.instance)} is not one of those known; {name_nearest(str(error.instance), wanted)}"
            return f"{_name(error.instance)} is not one of {', '.join(map(str, wanted))}; mend it"
        case "format":
            return f'"{error.instance}" is no {wanted} of the calendar; mend it'
        case "pattern":
            hint = schema.get("description", f"the pattern {wanted}")
            return f'"{error.instance}" does not fit; expected {hint}'
        case "minLength" | "minItems":
            return "this is empty and must not be; write it, or remove the key if it may be left out"
        case "minimum" | "maximum" | "exclusiveMinimum":
            sides = {"minimum": "at least", "maximum": "at most", "exclusiveMinimum": "more than"}
            side = sides[error.validator]
            return f"{error.instance} does not fit; expected {side} {wanted}"
        case "uniqueItems":
            twice = next((item for number, item in enumerate(value) if item in value[:number]), "an entry")
            return f"{_name(twice)} stands twice; remove one of them"
        case "anyOf":
            keys = " or ".join(str(key) for option in wanted for key in option.get("required", ()))
            return f"expected the key {keys}; add one of them"
        case _:
            return f"{error.message}; mend it"
