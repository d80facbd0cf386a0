"""Change a YAML file as its editors left it: what is not changed stays as it is, character by character."""

from __future__ import annotations

from briefing.formats.yaml_source import find_place, read_yaml
from briefing.problems import SourceError


def append_item(file: str, text: str, key: str, item: str) -> str:
    """Append an item to a list of names at the top of a YAML text, in brackets or with dashes.

    This fails with a `SourceError` where the list is written in a way that leaves no place for it.
    """
    tree = read_yaml(file, text)
    items = tree[key]
    place = find_place(file, tree, (key, len(items) - 1))
    lines = text.splitlines(keepends=True)
    start = sum(map(len, lines[: place.line - 1])) + place.column - 1
    if items.fa.flow_style():
        end = text.find("]", start)
        changed = f"{text[:end].rstrip()}, {item}{text[end:]}"
    else:
        line = lines[place.line - 1]
        dash = line[: place.column - 1]
        lines.insert(place.line, f"{dash}{item}\n")
        lines[place.line - 1] = line.rstrip("\r\n") + "\n"
        changed = "".join(lines)
    try:
        is_right = read_yaml(file, changed) == {**tree, key: [*items, item]}
    except SourceError:
        is_right = False
    if not is_right:
        raise SourceError([place.report(f'no place is found for another item of {key}; add "{item}" by hand')])
    return changed
