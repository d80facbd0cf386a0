"""Validate the tables of a Data Package (frictionless) and say what is wrong in an editor's words."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Set
from pathlib import Path
from typing import Any

from frictionless import FrictionlessException, Package, system

from briefing.problems import Problem, decode_source
from briefing.settings import check_schema, read_yaml

# What frictionless 5 reads without a word and does not check.
IGNORED = ("uniqueKeys", "categories", "missingValues")
# Left to itself, frictionless guesses how a table is written, and takes one with semicolons; the build reads commas.
DIALECT = {"csv": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True}}
_TABLE = {
    "type": "object",
    "required": ["name", "path", "schema"],
    "properties": {"path": {"type": "string"}, "schema": {"type": "object", "required": ["fields"]}},
}
DESCRIPTOR = {
    "type": "object",
    "required": ["name", "resources", "sources"],
    "properties": {
        "resources": {"type": "array", "items": _TABLE},
        "sources": {"type": "array", "items": {"type": "object", "required": ["path"]}},
    },
}

TOLD = ("encoding-error",)  # the reader of the sources tells it, with its place
TYPE = re.compile(r'type is "(?P<type>\w+)/')
CONSTRAINT = re.compile(r'constraint "(?P<name>\w+)" is "(?P<rule>.*)"')


def read_descriptor(file: str, raw: bytes) -> dict[str, Any]:
    """Read datapackage.yaml as plain dictionaries and lists, as far as the build relies on it."""
    content = read_yaml(file, decode_source(file, raw))
    check_schema(file, content, DESCRIPTOR)
    descriptor: dict[str, Any] = json.loads(json.dumps(content, default=str))
    return descriptor


def validate_tables(folder: str, directory: Path, descriptor: Mapping[str, Any]) -> list[Problem]:
    """Validate every table that the descriptor names, in `directory`; `folder` is how messages name it."""
    problems = list(_refuse_ignored(f"{folder}/datapackage.yaml", descriptor))
    if problems:
        return problems
    problems = list(_refuse_delimiters(folder, directory, descriptor))
    if problems:
        return problems
    resources = [{**resource, "dialect": DIALECT} for resource in descriptor["resources"]]
    try:
        with system.use_context(trusted=False):
            package = Package.from_descriptor({**descriptor, "resources": resources}, basepath=str(directory))
            report = package.validate()
    except FrictionlessException as failure:
        notes = [str(reason.note) for reason in failure.reasons or [failure.error]]
        return [Problem(f"{folder}/datapackage.yaml", 1, 1, f"{note}; mend the descriptor") for note in notes]
    for task in report.tasks:
        # A comma too many shifts all that follows, so that the other errors of its row say nothing.
        shifted = {error.row_number for error in task.errors if error.type == "extra-cell"}
        for error in task.errors:
            line = getattr(error, "row_number", None) or 1
            column = getattr(error, "field_number", None) or 1
            if error.type not in TOLD and (line not in shifted or error.type == "extra-cell"):
                problems.append(Problem(f"{folder}/{task.place}", line, column, _explain(error)))
    return problems


def _refuse_delimiters(folder: str, directory: Path, descriptor: Mapping[str, Any]) -> Iterator[Problem]:
    """Refuse a table whose header is parted by something else than commas: one error, where each row would give one."""
    for resource in descriptor["resources"]:
        path = directory / resource["path"]
        fields = [field["name"] for field in resource["schema"]["fields"]]
        header = path.read_bytes().split(b"\n", 1)[0].decode("utf-8-sig", "replace").strip() if path.is_file() else ""
        for delimiter, name in ((";", "semicolons"), ("\t", "tabs")):
            if header.replace('"', "").split(delimiter) == fields:
                message = f"the cells are parted by {name}, expected commas; save the file as CSV with commas"
                yield Problem(f"{folder}/{resource['path']}", 1, 1, message)


def _refuse_ignored(file: str, descriptor: Mapping[str, Any]) -> list[Problem]:
    """Refuse what frictionless would silently ignore, so that no rule is believed to hold and does not."""
    found = [
        f'resource "{resource["name"]}" relies on {key}'
        for resource in descriptor["resources"]
        for key in IGNORED
        if key in resource.get("schema", {}) or any(key in field for field in resource["schema"]["fields"])
    ]
    return [Problem(file, 1, 1, f"{what}, which is not checked; use primaryKey and enum instead") for what in found]


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
        case "incorrect-label" | "missing-label" | "extra-label":
            where = f", here {field}" if field else ""
            return f"the header should name the columns as datapackage.yaml does{where}; mend it"
        case "source-error":
            return "this table is empty; write its header and rows"
        case "scheme-error":
            return "this file is missing; every note needs one"
        case "blank-row":
            return "this row is empty; remove it"
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


def check_sources_known(file: str, text: str, works: Set[str]) -> list[Problem]:
    """Check that the source of every observation is a work of the bibliography, or "unstated"."""
    rows = csv.DictReader(io.StringIO(text))
    return [
        Problem(
            file,
            line,
            5,
            f'column source: the bibliography has no work "{row["source"]}"; add it, or write unstated',
            "citation",
        )
        for line, row in enumerate(rows, 2)
        if row.get("source") and row["source"] not in works and row["source"] != "unstated"
    ]
