"""Write a proposal for people: in Markdown, as a pull request has it; the page is made by its template."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.report.editor_page import write_gap
from briefing.returns.items import COMMENT, DATA, PATCH, TAKEN, TITLES, Remark, ReturnProposal, count_kinds


def summarise_remarks(proposal: ReturnProposal) -> str:
    """Say in a sentence what was found, and that no word was lost."""
    counts = [f"{TITLES[kind]}: {count}" for kind, count in count_kinds(proposal).items()]
    if not counts:
        return "Nothing was changed."
    words = f" Of {proposal['inserted']} words that were put in, {proposal['told']} are listed."
    taken = sum(item["outcome"] == TAKEN for item in proposal["items"])
    there = f" The sources have {taken} of these already." if taken else ""
    return f"{'; '.join(counts)}.{words if proposal['inserted'] else ''}{there}"


def explain_nothing(proposal: ReturnProposal) -> str:
    """Say why a proposal writes nothing."""
    outcomes = {item["outcome"] for item in proposal["items"]}
    if not outcomes:
        return "the file says what was sent out"
    return "they have all of it already" if outcomes == {TAKEN} else "nothing more can be written by itself"


def write_remarks_text(proposal: ReturnProposal) -> str:
    """Write a proposal in Markdown: what is in conflict first, then a list for each kind of thing."""
    lines = [f"# {proposal['title']}: what reviewers ask for, {proposal['day']}", "", summarise_remarks(proposal), ""]
    lines += [f"From {', '.join(f'`{name}`' for name in proposal['files'])}, made from {proposal['base']}.", ""]
    lines += [f"- {doubt}" for doubt in proposal["doubts"]] + ([""] if proposal["doubts"] else [])
    for kind in count_kinds(proposal):
        lines += [f"## {TITLES[kind]}", ""]
        for item in proposal["items"]:
            if item["kind"] == kind:
                lines += [*_write_item(item), ""]
    return "\n".join(lines)


def _write_item(item: Remark) -> Iterator[str]:
    who = ", ".join(
        filter(
            None,
            (item["author"], item["date"][:10], "" if item["tracked"] or item["kind"] == COMMENT else "not tracked"),
        )
    )
    place = f"`{item['place']}` " if item["place"] else ""
    done = {PATCH: " **in the patch**", TAKEN: " **in the sources**"}.get(item["outcome"], "")
    yield f"{item['number']}. {place}{_escape(item['section'])} ({_escape(who)}){done}"
    if item["kind"] == COMMENT:
        yield f"   > {_escape(item['before'])}**{_escape(item['old'])}**{_escape(item['after'])}"
        yield f"   {_escape(item['new'])}"
        yield from (f"   - {_escape(reply['author'])}: {_escape(reply['text'])}" for reply in item["replies"])
    else:
        old = f"~~{_escape(item['old'])}~~" if item["old"] else ""
        new = f"**{_escape(item['new'])}**" if item["new"] else ""
        both = f"{old}{write_gap(item['old'], item['new'])}{new}"
        yield f"   > {_escape(item['before'])}{both}{_escape(item['after'])}"
    if item["figure"] and item["kind"] == DATA:
        yield f"   Figure `{item['figure']}` ({_escape(item['label'])}) rests on:"
        for row in item["rows"]:
            yield f"   - `{row['place']}` `{row['row']}`; for a newer value: `{row['new']}`"
    if wordings := item["wordings"]:
        yield from (f"   - {name}: {_escape(wordings[key])}" for name, key in _WORDINGS.items())  # type: ignore[literal-required]
    if item["says"]:
        yield f"   {_escape(item['says'])}"
    if item["ready"]:
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", item["ready"])), default=0))
        yield from ("", *(f"   {line}".rstrip() for line in (f"{fence}text", *item["ready"].split("\n"), fence)))


_WORDINGS = {"as it was sent out": "base", "now, or by another": "now", "as the reviewer has it": "reviewed"}


def _escape(text: str) -> str:
    """Write a text so that Markdown shows it as it is, on one line."""
    return "".join(f"\\{mark}" if mark in "\\`*_[]<>#|~@" else mark for mark in text.replace("\n", " "))
