"""Write a document as one self-contained HTML page; the same page, laid out otherwise, becomes the PDF."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from jinja2 import DictLoader, Environment, StrictUndefined, Undefined
from markupsafe import Markup

from briefing.document.nodes import Chart, Contents, Document, Heading, KeyPoints, KeyStatistics
from briefing.document.version_names import is_deleted, list_pictures, name_versions_apart
from briefing.document.versions import take_version
from briefing.formats.web_page import hash_script, write_font_faces
from briefing.redline.changes import list_changes
from briefing.writers.html.blocks import write_block, write_contents, write_footnotes, write_sections
from briefing.writers.html.changes import find_note_marks, number_changes, write_changes, write_masthead
from briefing.writers.html.elements import join_markup
from briefing.writers.html.marks import write_mark
from briefing.writers.html.pictures import pick_drawings
from briefing.writers.html.surroundings import Surroundings, Variant, describe_surroundings, find_notes
from briefing.writers.html.tables import write_popovers
from briefing.writers.material import Sibling
from briefing.writers.paper import find_annex, take_paper


def write_html(
    document: Document,
    labels: Mapping[str, str],
    images: Mapping[str, bytes],
    fonts: Mapping[str, bytes],
    templates: Mapping[str, str],
    siblings: Sequence[Sibling] = (),
) -> str:
    """Write a document as HTML that needs no other file and asks for none; it has links to its `siblings`.

    `images` holds `<name>.text.svg` or `<name>.svg` for each of `list_pictures`, `<name>.phone.svg` if there is one,
    `fonts` the `.woff2` faces, `templates` the texts of note.html.j2, house.css, screen.css, print.css and popover.js,
    and for a redline of causes.css, redline.css and redline-screen.css, each by file name. Raises `UnknownTargetError`
    for a link that leads nowhere.
    """
    drawings = {name: pick_drawings(images, name) for name in list_pictures(document)}
    return write_page(document, "screen", labels, {}, templates, write_font_faces(fonts), drawings, siblings)


def find_charts(document: Document) -> list[Chart]:
    """Find the charts and maps of a document."""
    return [block for block in document.blocks if isinstance(block, Chart)]


def write_page(
    document: Document,
    variant: Variant,
    labels: Mapping[str, str],
    image_sources: Mapping[str, str],
    templates: Mapping[str, str],
    font_faces: str = "",
    drawings: Mapping[str, tuple[bytes, ...]] | None = None,
    siblings: Sequence[Sibling] = (),
) -> str:
    """Write a document as HTML for the screen, with its `drawings`, or for the PDF, with its `image_sources`."""
    document = name_versions_apart(document)
    surroundings = describe_surroundings(document, variant, labels, image_sources)
    document = document if variant == "screen" else take_paper(document)
    changes = list_changes(document) if document.is_redline else []
    around = dataclasses.replace(
        surroundings,
        changes=number_changes(changes),
        note_marks=find_note_marks(document),
        drawings=drawings or {},
    )
    environment = Environment(
        loader=DictLoader(dict(templates)),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_refuse_other_values,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    files = {name: Markup(text) for name, text in templates.items()}
    parts = _write_parts(document, around)
    script_hash = hash_script(templates["popover.js"]) if variant == "screen" else ""
    return environment.get_template("note.html.j2").render(
        variant=variant,
        metadata=document.metadata,
        is_redline="yes" if document.is_redline else "",
        masthead=write_masthead(document.metadata, around),
        changes=write_changes(document, changes, around) if document.is_redline else "",
        keywords=", ".join(document.metadata.keywords),
        labels=labels,
        files=files,
        font_faces=Markup(font_faces),
        script_hash=script_hash,
        siblings=siblings,
        **parts,
    )


def _write_parts(document: Document, around: Surroundings) -> dict[str, Markup]:
    headings = [
        take_version(block, "new") for block in document.blocks if isinstance(block, Heading) and not is_deleted(block)
    ]
    front = [block for block in document.blocks if isinstance(block, KeyPoints | KeyStatistics)]
    contents = [block for block in document.blocks if isinstance(block, Contents)]
    body = [block for block in document.blocks if not isinstance(block, KeyPoints | KeyStatistics | Contents)]
    on_screen = around.variant == "screen"
    return {
        "front": join_markup(
            write_mark(write_block(block, around), block.mark, around, block.mark, "block") for block in front
        ),
        "contents": join_markup(write_contents(block, headings, around) for block in contents),
        "sections": write_sections(body, around),
        "footnotes": write_footnotes(find_notes(document), around) if on_screen else Markup(),
        "popovers": write_popovers(find_annex(document), around) if on_screen else Markup(),
    }


def _refuse_other_values(value: object) -> object:
    """Let a template print text and numbers only, so that no `None` and no object reaches a reader."""
    if isinstance(value, Undefined):
        return str(value)  # raises, naming what is missing
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise TypeError(f"a template prints {value!r}: expected text or a number")
    return value
