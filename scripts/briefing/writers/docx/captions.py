"""Write captions with their numbers, and the charts and maps that stand under them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from briefing.document.changes import Cause, Mark
from briefing.document.nodes import Chart, Table
from briefing.document.version_names import is_changed, list_drawn_doubts, split_chart, take_new_chart
from briefing.document.versions import Which, set_out, take_version
from briefing.writers.docx.fields import instruct_sequence, make_field, make_text
from briefing.writers.docx.inlines import write_inlines, write_run
from briefing.writers.docx.pictures import write_picture
from briefing.writers.docx.story import DISCLAIMER, SOURCE, WordSpot
from briefing.writers.docx.tables import write_paragraph
from briefing.writers.docx.tracked_changes import blame_house, comment_on, doubt_content, track_content, track_elements
from briefing.writers.docx.xml import Element, make_flag


def write_caption(block: Chart | Table, kind: str, content: Sequence[Element], place: WordSpot) -> Element:
    """Write a caption: the kind of thing, its number as a field, its title."""
    label = replace(place, style="CaptionLabel")
    numbers = {version: take_version(block, version).number for version in place.versions}
    counted = {version: place.story.count_caption(kind, version) for version in place.versions}
    fields = {
        version: list(_write_caption_number(kind, number, counted[version], label))
        for version, number in numbers.items()
    }
    # Word counts the captions of whichever version is left; a number that it would not count is one that changed.
    if numbers == counted or len(set(numbers.values())) == 1:
        number = fields[place.versions[-1]]
    else:
        number = [
            element
            for version, field in fields.items()
            for element in track_content(field, version, blame_house(place), label)
        ]
    opening = [write_run(label, make_text(f"{place.story.labels[kind]} ")), *number]
    caption = [*opening, write_run(label, make_text(".")), write_run(place, make_text(" ")), *content]
    return write_paragraph("Caption", place.story.mark(block.id, caption))


def _write_caption_number(kind: str, number: int, expected: int, label: WordSpot) -> Iterator[Element]:
    instruction = instruct_sequence(kind, number, expected)
    return make_field(instruction, [write_run(label, make_text(str(number)))], label.style)


def write_chart(chart: Chart, place: WordSpot) -> Iterator[Element]:
    """Write a chart or map: caption, picture, source and disclaimer, which stay on one page."""
    if not is_changed(chart):
        yield from _write_chart(chart, [write_paragraph("Picture", _write_picture(chart, place))], place)
        return
    old, new = split_chart(chart)[0], take_new_chart(chart)
    cause = next(attribute.cause for attribute in chart.before if attribute.cause)
    if (old.kind, bool(old.source), bool(old.disclaimer)) == (new.kind, bool(new.source), bool(new.disclaimer)):
        yield from _write_chart(_silence(chart), _write_both_pictures(old, new, cause, place), place, cause)
        return
    places: tuple[WordSpot, WordSpot] = (replace(place, versions=("old",)), replace(place, versions=("new",)))
    for own, alone, mark in zip((old, new), places, (Mark("deleted", cause), Mark("inserted", cause)), strict=True):
        pictures = [write_paragraph("Picture", _write_picture(own, alone))]
        yield from track_elements(list(_write_chart(own, pictures, alone)), mark, alone)


def _write_chart(
    chart: Chart, pictures: Iterable[Element], place: WordSpot, cause: Cause | None = None
) -> Iterator[Element]:
    """Write what stands over and under pictures; the comment of a cause is on the title."""
    title = comment_on(write_inlines(set_out(chart, "title"), place), cause, place)
    yield write_caption(chart, chart.kind, title, place)
    yield from pictures
    stay = [make_flag("w:keepNext")] if chart.disclaimer else []
    if chart.source:
        label = write_run(place, make_text(f"{place.story.labels['source']} "))
        content = place.story.mark_place(chart.id + SOURCE, [label, *write_inlines(set_out(chart, "source"), place)])
        yield write_paragraph("Source", content, *stay)
    if chart.disclaimer:
        content = write_inlines(set_out(chart, "disclaimer"), place)
        yield write_paragraph("Disclaimer", place.story.mark_place(chart.id + DISCLAIMER, content))


def _write_picture(chart: Chart, place: WordSpot) -> list[Element]:
    """Write the picture of a chart, with comments on what it draws and is not true."""
    content = [write_picture(chart, place)]
    for use in list_drawn_doubts(chart):
        content = doubt_content(content, use.doubt, place)
    return content


def _silence(chart: Chart) -> Chart:
    """Leave the comment out of the cause of each part of a chart, for one on its title is enough."""
    before = (replace(part, cause=part.cause and replace(part.cause, comment="")) for part in chart.before)
    return replace(chart, before=tuple(before))


def _write_both_pictures(old: Chart, new: Chart, cause: Cause, place: WordSpot) -> Iterator[Element]:
    """Write the old and the new picture of a chart, a paragraph each; a page may end between the two."""
    pictures: tuple[tuple[Which, Chart, Mark], ...] = (
        ("old", old, Mark("deleted", cause)),
        ("new", new, Mark("inserted", cause)),
    )
    for version, chart, mark in pictures:
        alone = replace(place, versions=(version,))
        apart = [make_flag("w:keepNext", state=False)] if version == "old" else []
        picture = write_paragraph("Picture", _write_picture(chart, alone), *apart)
        yield from track_elements([picture], mark, alone)
