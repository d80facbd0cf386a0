"""Hold the tables of a Data Package against its Table Schemas, and say what is wrong in an editor's words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from decimal import Decimal
from typing import Any

from briefing.checks.observation_cells import COLUMNS, explain_day
from briefing.checks.value_slips import explain_value
from briefing.formats.csv_table import TableText
from briefing.formats.text import decode_source
from briefing.formats.yaml_source import check_schema, find_place, read_yaml
from briefing.problems import Problem, name_nearest
from briefing.sources.data_package import SOURCE

# The tables that every note has, and the columns that the build reads.
TABLES = {"observations.csv": COLUMNS, "acronyms.csv": ("acronym", "expansion_en", "language", "facts")}
DELIMITERS = ((";", "semicolons"), ("\t", "tabs"), ("|", "bars"))
# What a cell of text may look like; another pattern could keep the matcher busy for hours.
PATTERNS = (
    "[a-z][a-z0-9_]*",
    "[a-z][a-z0-9-]*",
    "[A-Z][A-Za-z0-9-]*",
    r"F\d{3}( F\d{3})*",
    r"(undated|\d{4}(-(0[1-9]|1[0-2]))?(/\d{4}(-(0[1-9]|1[0-2]))?)?)",
)
_TEXT, _NUMBER, _DAY = {"type": "string"}, {"type": "number"}, {"type": "string", "format": "date"}
_TEXTS = {"type": "array", "minItems": 1, "items": _TEXT}
_REQUIRED = {"required": {"type": "boolean"}}
# The types of columns, each with the rules that are checked; no others are let in, so that none is believed to hold.
RULES: Mapping[str, Mapping[str, Any]] = {
    "string": {**_REQUIRED, "pattern": {"enum": PATTERNS}, "enum": _TEXTS},
    "number": {**_REQUIRED, "minimum": _NUMBER, "maximum": _NUMBER},
    "date": {**_REQUIRED, "minimum": _DAY, "maximum": _DAY},
}
_FIELD = {
    "required": ["name", "type"],
    "properties": {
        "name": _TEXT,
        "type": {"enum": [*RULES]},
        "constraints": {"type": "object"},
        **dict.fromkeys(("title", "description", "example", "rdfType"), _TEXT),
    },
    "additionalProperties": False,
    "allOf": [
        {
            "if": {"required": ["type"], "properties": {"type": {"const": kind}}},
            "then": {"properties": {"constraints": {"properties": rules, "additionalProperties": False}}},
        }
        for kind, rules in RULES.items()
    ],
}
_SCHEMA = {
    "type": "object",
    "required": ["fields"],
    "properties": {
        "$schema": _TEXT,
        "fields": {"type": "array", "minItems": 1, "items": {"type": "object", **_FIELD}},
        "primaryKey": _TEXTS,
    },
    "additionalProperties": False,
}
_TABLE = {
    "type": "object",
    "required": ["name", "path", "schema"],
    "properties": {"name": _TEXT, "path": _TEXT, "schema": _SCHEMA},
}
_SOURCE = {"type": "object", "required": ["path"], "properties": {"path": _TEXT}}
_LICENCE = {
    "type": "object",
    "anyOf": [{"required": ["name"]}, {"required": ["path"]}],
    "properties": {name: {"type": "string", "minLength": 1} for name in ("name", "path", "title")},
}
DESCRIPTOR = {
    "type": "object",
    "required": ["name", "resources", "sources"],
    "properties": {
        "resources": {"type": "array", "items": _TABLE},
        "sources": {"type": "array", "items": _SOURCE},
        "licenses": {"type": "array", "minItems": 1, "items": _LICENCE},
    },
}


def read_descriptor(file: str, raw: bytes) -> Mapping[str, Any]:
    """Read datapackage.yaml, and hold it against what the build relies on."""
    content = read_yaml(file, decode_source(file, raw))
    check_schema(file, content, DESCRIPTOR)
    descriptor: Mapping[str, Any] = content
    return descriptor


def check_package(
    folder: str, package: Mapping[str, Any], names: Set[str], tables: Mapping[str, TableText]
) -> list[Problem]:
    """Check the descriptor of a note's tables; where it is right, hold them against it.

    `folder` is how messages name the note's folder, `names` are those of its files, `tables` what those hold, by path.
    """
    problems = [*_check_descriptor(f"{folder}/{SOURCE}", names, package)]
    for resource in () if problems else package["resources"]:
        file, schema = f"{folder}/{resource['path']}", resource["schema"]
        if (table := tables.get(file)) is not None:  # one that cannot be read is told where it is
            fields = [field["name"] for field in schema["fields"]]
            problems += check_header(file, table, fields) or _check_rows(file, table, schema)
    return problems


def _check_descriptor(file: str, files: Set[str], descriptor: Mapping[str, Any]) -> Iterator[Problem]:
    """Check that the descriptor names the tables of every note, with the columns that the build reads, and no others.

    What it names goes into the PDF, so that a path must not lead out of the folder.
    """
    for part in ("resources", "sources"):
        for position, row in enumerate(descriptor[part]):
            path = row["path"]
            if not (path in files or (part == "sources" and path.startswith(("https://", "http://")))):
                place = find_place(file, descriptor, (part, position, "path"))
                yield place.report(f'"{path}" is no file of the note\'s folder; name one, such as observations.csv')
    tables = {}
    for position, row in enumerate(descriptor["resources"]):
        names = tables[row["path"]] = [field["name"] for field in row["schema"]["fields"]]
        yield from _check_fields(file, descriptor, position, names)
    for path, columns in TABLES.items():
        missing = [column for column in columns if column not in tables.get(path, ())]
        if path not in tables:
            yield Problem(file, 1, 1, f"the table {path} is not described; add it to the resources")
        elif missing:
            yield Problem(file, 1, 1, f"the table {path} is described without {', '.join(missing)}; add the fields")


def _check_fields(file: str, descriptor: Mapping[str, Any], position: int, names: list[str]) -> Iterator[Problem]:
    """Check that the names of a table's fields differ, and that its key is made of them."""
    path = ("resources", position, "schema")
    for number, name in enumerate(names):
        if name in names[:number]:
            place = find_place(file, descriptor, (*path, "fields", number, "name"))
            yield place.report(f'the field "{name}" stands twice; remove one of them')
    for number, name in enumerate(descriptor["resources"][position]["schema"].get("primaryKey", ())):
        if name not in names:
            place = find_place(file, descriptor, (*path, "primaryKey", number))
            yield place.report(f'"{name}" is none of the fields, {name_nearest(name, names)}; mend the key')


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


def _check_rows(file: str, table: TableText, schema: Mapping[str, Any]) -> Iterator[Problem]:
    """Check the rows of a table whose header is as its schema has it."""
    key = schema.get("primaryKey", ())
    rules = {
        field["name"]: {"required": field["name"] in key, **field.get("constraints", {})} for field in schema["fields"]
    }
    kinds = {field["name"]: field["type"] for field in schema["fields"]}
    lines: dict[tuple[str, ...], int] = {}
    for read, (line, row) in zip(table.rows, table.records(), strict=True):
        # A comma too many or too few shifts the cells, so that nothing can be said of them.
        if len(read.cells) != len(table.header):
            yield _report_length(file, table, line, len(read.cells))
            continue
        for column, (name, cell) in enumerate(row.items(), 1):
            if doubt := _doubt_cell(cell, kinds[name], rules[name]):
                yield Problem(file, line, column, f'column {name}: "{cell}" {doubt}')
        before = lines.setdefault(tuple(row[name] for name in key), line)
        if key and before != line:
            message = f"this row says again what another row says (line {before} has the same {', '.join(key)})"
            yield Problem(file, line, 1, f"{message}; remove one")


def _report_length(file: str, table: TableText, line: int, length: int) -> Problem:
    if length > len(table.header):
        message = "extra cell: the row has more than the header; quote a text with commas, write decimals with a point"
        return Problem(file, line, len(table.header) + 1, message)
    name = table.header[length]
    message = f"this row ends before column {name}; add the cell, empty if there is nothing to say"
    return Problem(file, line, length + 1, message)


def _doubt_cell(cell: str, kind: str, rules: Mapping[str, Any]) -> str:
    """Say why a cell is not what its column holds, or nothing where it is."""
    if not cell:
        return "is empty and must not be; mend the cell" if rules.get("required") else ""
    if "pattern" in rules and not re.fullmatch(rules["pattern"], cell):
        return f"breaks the rule pattern {rules['pattern']}; mend the cell"
    if "enum" in rules and cell not in rules["enum"]:
        return f"is not one of {', '.join(rules['enum'])}; mend the cell"
    return _doubt_measure(cell, kind, rules) if kind in ("number", "date") else ""


def _doubt_measure(cell: str, kind: str, rules: Mapping[str, Any]) -> str:
    explain = explain_value if kind == "number" else explain_day
    measure: Any = Decimal if kind == "number" else str
    if doubt := explain(cell):
        return doubt
    if "minimum" in rules and measure(cell) < measure(str(rules["minimum"])):
        return f"is less than can be, expected at least {rules['minimum']}; mend the cell"
    if "maximum" in rules and measure(cell) > measure(str(rules["maximum"])):
        return f"is more than can be, expected at most {rules['maximum']}; mend the cell"
    return ""


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
