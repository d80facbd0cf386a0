"""Slips at every key and cell of a source: keys left out, misspelt or doubled, values of another kind or none."""

import csv
import io
from collections.abc import Iterator

import yaml

# What takes the place of a value: each is YAML, and JSON as well (but for the empty one).
VALUES = ("", "null", '""', "7", "-1.5", "1e999", "true", '"nonsense"', "[]", "{}", '["nonsense"]', '{"nonsense": 7}')
CELLS = ("", "7", "-1.5", "true", "nonsense", "2019-02-30", "[a, b]", "\u00a0", "a\nb")


def list_slips(name: str, text: str) -> Iterator[tuple[str, str]]:
    """List the slips that can be made in a source, each named, with the text that it leaves."""
    yield "the file is empty", ""
    if name.endswith(".csv"):
        yield from _list_slips_of_table(text)
    else:
        yield from _list_slips_of_tree(text, yaml.compose(text, Loader=yaml.SafeLoader))


def _list_slips_of_tree(text: str, node: yaml.Node, path: str = "") -> Iterator[tuple[str, str]]:
    """Make the slips of a node and of all below it, by the places where they stand in the text."""
    start, end = _find_span(text, node)
    written = text[start:end]
    for value in VALUES:
        if value != written:
            yield f"{path or 'the file'} is {value or 'left empty'}", f"{text[:start]}{value}{text[end:]}"
    if isinstance(node, yaml.ScalarNode):
        yield f"{path} is a list", f"{text[:start]}[{written}]{text[end:]}"
        if node.style in ('"', "'"):
            yield f"{path} has lost its quotation marks", f"{text[:start]}{node.value}{text[end:]}"
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = f"{path}.{key.value}"
            first, after, last = key.start_mark.index, key.end_mark.index, _find_span(text, value)[1]
            yield f"{here} is left out", _cut(text, first, last)
            yield f"{here} is misspelt", f"{text[: after - 1]}x{text[after - 1 :]}"
            yield f"{here} is a number", f"{text[:first]}7{text[after:]}"
            yield f"{here} stands twice", _double(text, node, first, last)
            yield from _list_slips_of_tree(text, value, here)
    else:
        for position, item in enumerate(node.value):
            here = f"{path}[{position}]"
            yield f"{here} is left out", _cut(text, *_find_span(text, item))
            yield f"{here} stands twice", _double(text, node, *_find_span(text, item))
            yield from _list_slips_of_tree(text, item, here)


def _find_span(text: str, node: yaml.Node) -> tuple[int, int]:
    """Find where a node stands; one in block style ends with its last word."""
    start, end = node.start_mark.index, node.end_mark.index
    return start, start + len(text[start:end].rstrip())


def _cut(text: str, start: int, end: int) -> str:
    """Leave a stretch of a text out, with the comma that parts it from its neighbours."""
    before, after = text[:start], text[end:]
    if after.lstrip().startswith(","):
        after = after.lstrip()[1:]
    elif before.rstrip().endswith(","):
        before = before.rstrip()[:-1]
    return before + after


def _double(text: str, parent: yaml.Node, start: int, end: int) -> str:
    """Write a key or an item twice."""
    if parent.flow_style:
        return f"{text[:end]}, {text[start:end]}{text[end:]}"
    lead = text[text.rfind("\n", 0, start) + 1 : start]
    if isinstance(parent, yaml.MappingNode):
        lead = " " * len(lead)
    return f"{text[:end]}\n{lead}{text[start:end]}{text[end:]}"


def _list_slips_of_table(text: str) -> Iterator[tuple[str, str]]:
    """Make the slips of a table: of its header, of its columns, of its rows, of its cells."""
    header, *rows = csv.reader(io.StringIO(text))
    yield "there is no header", _write([*rows])
    yield "there are no rows", _write([header])
    for number, column in enumerate(header):
        for what, name in (("misspelt", f"{column}x"), ("left empty", ""), ("a number", "7")):
            yield f"column {column} is {what}", _write([[*header[:number], name, *header[number + 1 :]], *rows])
        yield f"column {column} is left out", _write([row[:number] + row[number + 1 :] for row in (header, *rows)])
        twice = [[*row[: number + 1], *row[number:]] for row in (header, *rows)]
        yield f"column {column} stands twice", _write(twice)
        for value in CELLS:
            filled = [[*row[:number], value, *row[number + 1 :]] for row in rows]
            yield f"column {column} is {value!r} in all rows", _write([header, *filled])
    for line, row in enumerate(rows):

        def write(*changed: list[str], line: int = line) -> str:
            return _write([header, *rows[:line], *changed, *rows[line + 1 :]])

        yield f"row {line} is left out", write()
        yield f"row {line} stands twice", write(row, row)
        for number, column in enumerate(header[: len(row)]):
            here = f"{column} of row {line}"
            yield f"{here} is left out", write(row[:number] + row[number + 1 :])
            yield f"{here} stands twice", write([*row[: number + 1], *row[number:]])
            for value in CELLS:
                yield f"{here} is {value!r}", write([*row[:number], value, *row[number + 1 :]])


def _write(rows: list[list[str]]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()
