"""Write what a redline has beside its text as HTML: its masthead, how many changes there are, the legend, the list."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

from briefing.document.changes import CAUSE_KINDS, CauseKind, Mark
from briefing.document.nodes import Chart, Deletion, Document, Heading, Insertion, KeyStatistics, Metadata, Note, Text
from briefing.document.versions import take_version
from briefing.document.walking import get_text, walk_nodes
from briefing.problems import shorten
from briefing.redline.changes import ListedChange
from briefing.redline.excerpts import show_excerpt
from briefing.redline.pictures import list_drawn
from briefing.writers.html.elements import join_markup, make_element
from briefing.writers.html.inlines import write_attribute, write_inlines
from briefing.writers.html.marks import describe_cause, write_mark
from briefing.writers.html.surroundings import Surroundings

_SHOWN = 120
"""How many characters of what was moved the list of changes shows."""


def number_changes(changes: Sequence[ListedChange]) -> dict[int, int]:
    """Number the changes from 1; gives the number of the first by the identity of the node at which it begins."""
    numbers: dict[int, int] = {}
    for number, change in enumerate(changes, start=1):
        if change.nodes:
            numbers.setdefault(id(change.nodes[0]), number)
    return numbers


def find_note_marks(document: Document) -> dict[int, Mark]:
    """Find the footnotes that only one version has, by their identity."""
    marks: dict[int, Mark] = {}
    for node in walk_nodes(document.blocks):
        match node:
            case Insertion(cause=cause):
                mark = Mark("inserted", cause)
            case Deletion(cause=cause):
                mark = Mark("deleted", cause)
            case _ if getattr(node, "mark", None):
                mark = node.mark
            case _:
                continue
        marks |= {id(note): mark for note in walk_nodes(node) if isinstance(note, Note)}
    return marks


def write_masthead(metadata: Metadata, around: Surroundings) -> dict[str, Markup]:
    """Write the texts of the masthead, with those of the old version where they were others."""
    names = ("series", "title", "subtitle", "edition_text", "as_of_text")
    return {name: write_attribute(metadata, name, around) for name in names}


def write_changes(document: Document, changes: Sequence[ListedChange], around: Surroundings) -> Markup:
    """Write what a reader of a redline sees first: how many changes there are, the legend of causes, and the list."""
    labels = around.labels
    heading = write_inlines((Text(_name_versions(document, around)),), dataclasses.replace(around, linked=False))
    title = make_element("h2", heading, id="changes-title")
    counts = Counter(change.cause.kind for change in changes)
    count = labels["changes_count"].format(number=len(changes)) if changes else labels["changes_none"]
    parts = [title, make_element("p", count)]
    if changes:
        parts.append(_write_legend(counts, around))
        parts += [_write_list(document, changes, around)] if around.variant == "screen" else []
    return make_element("section", *parts, class_="changes", aria_labelledby="changes-title")


def _name_versions(document: Document, around: Surroundings) -> str:
    """Name the versions that are compared; where the redline does not say, by their editions."""
    metadata = document.metadata
    old, new = document.versions or (take_version(metadata, "old").edition_text, metadata.edition_text)
    return around.labels["changes_between"].format(old=old, new=new)


def _write_legend(counts: Mapping[CauseKind, int], around: Surroundings) -> Markup:
    """Write the legend; on a screen each cause can be left out of sight."""
    labels = around.labels
    legend = make_element("legend", labels["changes_shown"])
    lines = []
    for kind in CAUSE_KINDS:
        if kind in counts:
            sample = make_element("ins", labels[f"cause_{kind}"], class_=f"cause-{kind}")
            lines.append((kind, join_markup((sample, f" {counts[kind]}"))))
    if around.variant == "pdf":
        items = (make_element("li", line) for _, line in lines)
        return make_element("ul", *items, class_="causes")
    boxes = (
        make_element("label", make_element("input", type="checkbox", checked="", id=f"show-{kind}"), " ", line)
        for kind, line in lines
    )
    return make_element("fieldset", legend, *boxes, class_="causes")


def _write_list(document: Document, changes: Sequence[ListedChange], around: Surroundings) -> Markup:
    titles = {box.id: box.title for box in document.blocks if isinstance(box, KeyStatistics)}
    headings = (block for block in document.blocks if isinstance(block, Heading))
    titles |= {heading.id: get_text(take_version(heading.children, "new")) for heading in headings}
    items = (
        make_element("li", _write_change(change, titles, around), class_=f"cause-{change.cause.kind}")
        for change in changes
    )
    summary = make_element("summary", around.labels["changes_list"])
    return make_element("details", summary, make_element("ol", *items))


def _write_change(change: ListedChange, titles: Mapping[str, str], around: Surroundings) -> Markup:
    place = titles.get(change.section or change.block) or around.labels["masthead"]
    link = make_element("a", place, href=f"#change-{around.changes[id(change.nodes[0])]}")
    plain = dataclasses.replace(around, changes={})
    plain = dataclasses.replace(around, changes={})
    picture = _say_picture(change, around)
    if change.kind == "moved":
        said = [
            around.labels["changes_moved"],
            " ",
            make_element("span", shorten(" ".join(change.new.split()), _SHOWN)),
        ]
    elif picture:
        said = [make_element("span", picture)]
    else:
        runs = show_excerpt(change.old, change.new)
        said = [write_mark(escape(text), Mark(kind, change.cause) if kind else None, plain) for kind, text in runs]
        said = [f"{around.labels['changes_margin']} ", *said] if change.attribute == "key_sentence" else said
    reason = make_element("span", describe_cause(change.cause), class_="reason")
    at = Markup(escape(around.labels["changes_at"])).format(place=link)
    return join_markup([at, " ", *said, " ", reason])


def _say_picture(change: ListedChange, around: Surroundings) -> str:
    """Say of a chart whose words are the same what is other in its picture."""
    charts = [node for node in change.nodes if isinstance(node, Chart)]
    same = bool(charts) and change.kind == "replaced" and change.old == change.new
    return f"{get_text(charts[0].title)}. {say_drawn(charts[0], around)}" if same else ""


def say_drawn(chart: Chart, around: Surroundings) -> str:
    """Say of a chart that was changed what is other in its picture, in words where it is known."""
    known = zip(("changes_undrawn", "changes_drawn"), list_drawn(chart), strict=True)
    said = [around.labels[label].format(texts=", ".join(texts)) for label, texts in known if texts]
    return " ".join(said) or around.labels["changes_picture"]
