"""Validate the tables of a Data Package (frictionless) and say what is wrong in an editor's words."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from itertools import pairwise
from typing import Any

from frictionless import FrictionlessException, Package, system

from briefing.formats.csv_table import TableText, read_table
from briefing.formats.text import decode_source
from briefing.formats.yaml_source import check_schema, find_place, list_leaves, read_yaml
from briefing.problems import Problem, SourceError, name_nearest, shorten

# What frictionless 5 reads without a word and does not check.
IGNORED = ("uniqueKeys", "categories", "missingValues")
# The tables that every note has, and the columns that the build reads.
TABLES = {
    "observations.csv": ("indicator", "period", "value", "unit", "source", "known_on", "status", "comment"),
    "acronyms.csv": ("acronym", "expansion_en", "language", "facts"),
}
DELIMITERS = ((";", "semicolons"), ("\t", "tabs"), ("|", "bars"))
_FIELD = {"type": "object", "required": ["name", "type"], "properties": {"name": {"type": "string"}}}
_SCHEMA = {
    "type": "object",
    "required": ["fields"],
    "properties": {"fields": {"type": "array", "minItems": 1, "items": _FIELD}},
}
_TABLE = {
    "type": "object",
    "required": ["name", "path", "schema"],
    "properties": {"name": {"type": "string"}, "path": {"type": "string"}, "schema": _SCHEMA},
}
_SOURCE = {"type": "object", "required": ["path"], "properties": {"path": {"type": "string"}}}
DESCRIPTOR = {
    "type": "object",
    "required": ["name", "resources", "sources"],
    "properties": {
        "resources": {"type": "array", "items": _TABLE},
        "sources": {"type": "array", "items": _SOURCE},
    },
}

# What a cell of text may look like; another pattern could keep the matcher busy for hours.
PATTERNS = (
    "[a-z][a-z0-9_]*",
    "[a-z][a-z0-9-]*",
    "[A-Z][A-Za-z0-9-]*",
    r"F\d{3}( F\d{3})*",
    r"(undated|\d{4}(-(0[1-9]|1[0-2]))?(/\d{4}(-(0[1-9]|1[0-2]))?)?)",
)
TYPE = re.compile(r'type is "(?P<type>\w+)/')
CONSTRAINT = re.compile(r'constraint "(?P<name>\w+)" is "(?P<rule>.*)"')


def read_descriptor(file: str, raw: bytes) -> Mapping[str, Any]:
    """Read datapackage.yaml, and hold it against what the build relies on."""
    content = read_yaml(file, decode_source(file, raw))
    check_schema(file, content, DESCRIPTOR)
    descriptor: Mapping[str, Any] = content
    return descriptor


def validate_tables(
    folder: str, files: Mapping[str, str], descriptor: Mapping[str, Any], names: Collection[str] = ()
) -> list[Problem]:
    """Validate every table that the descriptor names; `files` holds texts by path, `folder` is how messages name it.

    `names` are those of all files of the folder, also of those that are no text.
    """
    name = f"{folder}/datapackage.yaml"
    problems = [
        *_refuse_ignored(name, descriptor),
        *_refuse_patterns(name, descriptor),
        *check_descriptor(name, {*files, *names}, descriptor),
    ]
    if problems:
        return problems
    for resource in descriptor["resources"]:
        if resource["path"] not in files:
            continue  # it is missing or no text, which is told where the sources are read
        path = f"{folder}/{resource['path']}"
        try:
            table = read_table(files[resource["path"]], path)
        except SourceError as error:
            problems.extend(error.problems)
            continue
        fields = [field["name"] for field in resource["schema"]["fields"]]
        schema = json.dumps(resource["schema"], default=str)
        found = check_header(path, table, fields) or _validate_table(name, path, table, schema)
        problems.extend(found)
    return problems


def check_descriptor(file: str, files: Set[str], descriptor: Mapping[str, Any]) -> Iterator[Problem]:
    """Check that the descriptor names the tables of every note, with the columns that the build reads, and no others.

    What it names goes into the PDF, so that a path must not lead out of the folder.
    """
    for part in ("resources", "sources"):
        for position, row in enumerate(descriptor[part]):
            path = row["path"]
            if not (path in files or (part == "sources" and path.startswith(("https://", "http://")))):
                place = find_place(file, descriptor, (part, position, "path"))
                yield place.report(f'"{path}" is no file of the note\'s folder; name one, such as observations.csv')
    tables = {row["path"]: [field.get("name") for field in row["schema"]["fields"]] for row in descriptor["resources"]}
    for path, columns in TABLES.items():
        missing = [column for column in columns if column not in tables.get(path, ())]
        if path not in tables:
            yield Problem(file, 1, 1, f"the table {path} is not described; add it to the resources")
        elif missing:
            yield Problem(file, 1, 1, f"the table {path} is described without {', '.join(missing)}; add the fields")


def check_header(file: str, table: TableText, fields: Sequence[str]) -> list[Problem]:
    """Check the names of a table's columns, whatever their order; a header that is parted otherwise is one problem."""
    if not table.header:
        return [Problem(file, 1, 1, "this table is empty; write its header and rows")]
    first = ",".join(table.header)
    for delimiter, name in DELIMITERS:
        if first.count(delimiter) >= len(fields) // 2 and delimiter not in "".join(fields):
            message = f"the cells are parted by {name}, expected commas; save the file as CSV with commas"
            return [Problem(file, 1, 1, message)]
    if sum(name in fields for name in table.header) < len(fields) / 2:
        message = f"the first row should name the columns, expected {','.join(fields)}; write that row first"
        return [Problem(file, 1, 1, message)]
    problems = []
    for position, name in enumerate(table.header, 1):
        if name in table.header[: position - 1]:
            problems.append(Problem(file, 1, position, f'the column "{name}" stands twice; remove one of them'))
        elif name not in fields:
            near = name_nearest(name, [field for field in fields if field not in table.header])
            message = f'the header has a column "{name}" that datapackage.yaml does not describe; {near}'
            problems.append(Problem(file, 1, position, message))
    problems += [
        Problem(
            file, 1, 1, f'the header should name the columns as datapackage.yaml does, here "{name}" is missing; add it'
        )
        for name in fields
        if name not in table.header
    ]
    return problems


@lru_cache(maxsize=32)
def _validate_table(descriptor: str, file: str, table: TableText, written: str) -> list[Problem]:
    """Hold the rows of a table, its columns put in order, against its schema, written as JSON (frictionless)."""
    schema = json.loads(written)
    fields = [field["name"] for field in schema["fields"]]
    order = [table.header.index(name) for name in fields]
    rows = [
        [row.cells[at] for at in order if at < len(row.cells)] + list(row.cells[len(order) :]) for row in table.rows
    ]
    inline = {"name": "table", "schema": schema, "data": [fields, *rows]}
    try:
        with system.use_context(trusted=False):
            report = Package.from_descriptor({"name": "note", "resources": [inline]}).validate()
    except FrictionlessException as failure:
        notes = [str(reason.note) for reason in failure.reasons or [failure.error]]
        return [Problem(descriptor, 1, 1, f"{note}; mend the descriptor") for note in notes]
    except Exception as failure:  # a descriptor can hold anything, and frictionless then fails anywhere
        return [Problem(descriptor, 1, 1, f"this is no Data Package that can be read: {failure}; mend the descriptor")]
    problems = []
    for error in [*report.errors, *(error for task in report.tasks for error in task.errors)]:
        row, field = getattr(error, "row_number", None) or 1, getattr(error, "field_number", None) or 1
        line = table.rows[row - 2].line if 2 <= row <= len(table.rows) + 1 else 1
        column = order[field - 1] + 1 if field <= len(order) else field
        problems.append((error.type, Problem(file, line, column, _explain(error))))
    # A comma too many or too few shifts the cells, so that the other errors of its row say nothing.
    shifted = {problem.line for kind, problem in problems if kind in ("extra-cell", "missing-cell")}
    kept: dict[int, Problem] = {}
    for kind, problem in problems:
        if kind in ("extra-cell", "missing-cell"):
            kept.setdefault(problem.line, problem)  # one is enough to mend the row
    return [*kept.values(), *(problem for _, problem in problems if problem.line not in shifted)]


def _refuse_ignored(file: str, descriptor: Mapping[str, Any]) -> list[Problem]:
    """Refuse what frictionless would silently ignore, so that no rule is believed to hold and does not."""
    found = [
        f'resource "{resource["name"]}" relies on {key}'
        for resource in descriptor["resources"]
        for key in IGNORED
        if key in resource.get("schema", {}) or any(key in field for field in resource["schema"]["fields"])
    ]
    return [Problem(file, 1, 1, f"{what}, which is not checked; use primaryKey and enum instead") for what in found]


def _refuse_patterns(file: str, descriptor: Mapping[str, Any]) -> Iterator[Problem]:
    """Refuse patterns that are none of the house's, wherever the descriptor has one."""
    for path, pattern in list_leaves(descriptor):
        if ("constraints", "pattern") in pairwise(path) and pattern not in ("pattern", *PATTERNS):
            known = ", ".join(PATTERNS)
            message = (
                f'"{shorten(str(pattern))}" is none of the patterns that cells are held against, which are {known}'
            )
            yield find_place(file, descriptor, path).report(f"{message}; take one of them, or remove it")


def _explain(error: Any) -> str:
    """Say an error of frictionless: the field and cell, what was found, what was expected."""
    field = getattr(error, "field_name", "")
    cell = getattr(error, "cell", "")
    where = f'column {field}: "{cell}" ' if field else ""
    note = str(error.note).strip().rstrip(".")
    match error.type:
        case "type-error":
            kind = match["type"] if (match := TYPE.search(note)) else "value of the column"
            return f"{where}is no {kind}; write it plainly, such as 12.4 or 2019-02-11"
        case "constraint-error":
            return f"{where}{_explain_constraint(note)}; mend the cell"
        case "primary-key":
            return f"this row says again what another row says (indicator, period and known_on): {note}; remove one"
        case "extra-cell":
            return "extra cell: the row has more than the header; quote a text with commas, write decimals with a point"
        case "missing-cell":
            return f"this row ends before column {field}; add the cell, empty if there is nothing to say"
        case _:
            return f"{where}{error.title.lower()}{f': {note}' if note else ''}; mend the row"


def _explain_constraint(note: str) -> str:
    """Say which constraint of the descriptor a cell breaks, from what frictionless notes of it."""
    match = CONSTRAINT.fullmatch(note)
    if match is None:
        return f"is not allowed: {note}"
    if match["name"] == "enum":
        return "is not one of " + ", ".join(str(value) for value in ast.literal_eval(match["rule"]))
    if match["name"] == "required":
        return "is empty and must not be"
    return f"breaks the rule {match['name']} {match['rule']}"


def check_sources_known(file: str, table: TableText, works: Set[str]) -> list[Problem]:
    """Check that the source of every observation is a work of the bibliography, or "unstated"."""
    if "source" not in table.header:
        return []
    column = table.header.index("source") + 1
    remedy = "add it, or write unstated"
    return [
        Problem(
            file,
            line,
            column,
            f'column source: the bibliography has no work "{key}", {name_nearest(key, works)}; {remedy}',
            "citation",
        )
        for line, row in table.records()
        if (key := row["source"]) and key not in works and key != "unstated"
    ]
