"""Read the works of a bibliography, CSL-JSON as people write it or as Zotero exports it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from citeproc import DATES as CSL_DATES
from citeproc import NAMES, NUMBERS, VARIABLES

from briefing.formats.strict_json import read_strict_json
from briefing.formats.yaml_source import find_place, read_yaml
from briefing.language.tags import find_tag
from briefing.problems import Place, Problem, SourceError
from briefing.sources.work_dates import DateError, read_date

KEY = re.compile(r"[A-Za-z][A-Za-z0-9_:.-]*")
DATES = ("issued", "accessed")
PEOPLE = ("author", "editor", "translator", "container-author", "collection-editor", "composer", "interviewer")
LITERAL = ("literal", "short")
"""The name of a body, and the short one by which it is cited."""
NAME_PARTS = ("family", "given", *LITERAL, "non-dropping-particle", "dropping-particle", "suffix")
DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
KNOWN = {
    "id", "type", "custom", "language", "title-short", "shortTitle", "journalAbbreviation", "citation-key",
    *(name.replace("_", "-") for name in (*VARIABLES, *NAMES, *NUMBERS, *CSL_DATES)),
}  # fmt: skip
"""The keys of a work in CSL-JSON, and two that Zotero adds."""
STATUS_PROBABLE = "probable"
"""The status of a work that is probably the one meant."""
# Why a text of a catalogue ends with a mark: what comes next there, and here does not.
LEFT_OVER = re.compile(r"\s*[,;:/]$")


def read_bibliography(file: str, text: str) -> dict[str, dict[str, Any]]:
    """Read CSL-JSON items by key, each put into one form.

    This fails with a `SourceError` that lists broken JSON, missing ids and those that stand twice, dates and languages
    that are none.
    """
    items = read_strict_json(file, text)
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise SourceError([Problem(file, 1, 1, "expected a list of works in brackets, each of them in braces")])
    works: dict[str, dict[str, Any]] = {}
    problems = []
    for position, item in enumerate(items):
        key = _find_key(item)
        if not key or key in works:
            what = f'the id "{key}" stands twice' if key else "an item has no id"
            at = _find_place(file, text, position, "id")
            problems.append(at.report(f"{what}; give every work an id of its own"))
        work, faults = read_work(item, key)
        for name, fault in [*faults, *_list_slips(item, key)]:
            problems.append(_find_place(file, text, position, name).report(fault))
        works[key] = work
    if problems:
        raise SourceError(problems)
    return works


def _find_place(file: str, text: str, position: int, name: str = "") -> Place:
    """Find where a work stands, or a key of it; JSON is YAML too, of which the places are known."""
    try:
        return find_place(file, read_yaml(file, text), (position,), name)
    except SourceError:
        return Place(file, 1)


def _list_slips(item: Mapping[str, Any], key: str) -> Iterator[tuple[str, str]]:
    """List the keys of a work that are nearly those of CSL; others are what programs add for themselves."""
    for name in item:
        if name not in KNOWN and (near := get_close_matches(name, KNOWN, n=1, cutoff=0.8)):
            yield name, f'the work "{key}" has the key "{name}", which CSL does not know; did you mean "{near[0]}"?'


def _find_key(item: Mapping[str, Any]) -> str:
    """Find the key of a work: its id, or its citation key where the id is none that a note can use."""
    key, cited = (str(item.get(name, "")) for name in ("id", "citation-key"))
    return cited if KEY.fullmatch(cited) and not KEY.fullmatch(key) else key


def read_work(item: Mapping[str, Any], key: str) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """Put a work into one form under a key, and say what is wrong with it, each time under which key."""
    work = {name: value for name, given in item.items() if (value := _strip(given)) not in ("", None, [], {})}
    work["id"] = key
    if isinstance(item.get("custom"), Mapping):
        work["custom"] = item["custom"]
    for role in PEOPLE:
        if isinstance(people := work.get(role), list):
            work[role] = [named for name in people if (named := _read_name(name))]
    for name in ("DOI", "URL"):
        if isinstance(work.get(name), str):  # an address may end with any mark
            work[name] = DOI.sub("", item[name].strip()) if name == "DOI" else item[name].strip()
    faults = _put_dates(work, item)
    if isinstance(language := work.pop("language", ""), str) and language:
        if tag := find_tag(language):
            work["language"] = tag
        elif tag is None:
            remedy = "write the code, such as en or fr"
            faults.append(("language", f'its language "{language}" is none that is known; {remedy}'))
    told = [(name, f'the work "{key}": {fault}') for name, fault in faults]
    return {name: value for name, value in work.items() if value != []}, told


def _put_dates(work: dict[str, Any], item: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Put the dates of an item into its work, and say which of them are none."""
    faults = []
    for name in DATES:
        work.pop(name, None)
        if name in item:
            try:
                if date := read_date(item[name]):
                    work[name] = date
            except DateError as error:
                faults.append((name, f'the date "{name}" is not one that a style prints; {error}'))
    return faults


def report_lacks(file: str, text: str, works: Mapping[str, Mapping[str, Any]]) -> Iterator[Problem]:
    """Report the works without a title that do not say by which key they are known: a reader could not find them."""
    for position, (key, work) in enumerate(works.items()):
        custom = work.get("custom", {})
        is_keyed = isinstance(custom, Mapping) and custom.get("key")
        if "title" not in work and not (is_keyed and "author" in work):
            remedy = 'give it one, or, where its key is all that is known, its author and "custom": {"key": "UN 2014"}'
            yield _find_place(file, text, position).report(f'the work "{key}" has no title; {remedy}')


def is_recommended(work: Mapping[str, Any]) -> bool:
    """Tell whether the note recommends a work."""
    custom = work.get("custom", {})
    return isinstance(custom, Mapping) and bool(custom.get("reading_list"))


def _strip(value: Any) -> Any:
    """Trim texts, at any depth, and what a catalogue has left at their ends."""
    if isinstance(value, str):
        return LEFT_OVER.sub("", re.sub(r"[ \t\r\n]+", " ", value).strip())
    if isinstance(value, list):
        return [_strip(part) for part in value]
    return {key: _strip(part) for key, part in value.items()} if isinstance(value, dict) else value


def _read_name(name: Any) -> Any:
    """Keep of a name what a style prints; a name without any letter is none."""
    if not isinstance(name, Mapping):
        return name
    parts = {part: name[part] for part in NAME_PARTS if name.get(part) not in ("", None)}
    if "family" in parts:
        return {part: value for part, value in parts.items() if part not in LITERAL}
    return {part: parts[part] for part in LITERAL if part in parts} if "literal" in parts else parts
