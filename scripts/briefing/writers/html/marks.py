"""Put the marks of a redline around HTML: what came is `ins`, what went is `del`, and the class is the cause."""

from __future__ import annotations

from markupsafe import Markup

from briefing.document.changes import Cause, Mark
from briefing.writers.html.elements import make_element
from briefing.writers.html.surroundings import Surroundings

_TAGS = {"inserted": "ins", "deleted": "del"}


def write_mark(content: str, mark: Mark | None, around: Surroundings, node: object = None, shape: str = "") -> Markup:
    """Put a mark around content, if there is one; `node` is what may be the beginning of a numbered change.

    `shape` is the class of a mark around whole blocks; beside another version, what was moved says so.
    """
    if mark is None:
        return Markup(content)
    number = around.changes.get(id(node))
    on_screen = around.variant == "screen"
    return make_element(
        _TAGS[mark.kind],
        content,
        class_=" ".join(filter(None, (shape, f"cause-{mark.cause.kind}"))),
        id=f"change-{number}" if number and on_screen else None,
        title=describe_cause(mark.cause) if on_screen else None,
        data_said=around.labels[mark.kind] if on_screen else None,
        data_moved=around.labels["changes_moved"] if mark.move and shape and not around.is_redline else None,
    )


def describe_cause(cause: Cause) -> str:
    """Say why something changed, on one line."""
    return ". ".join([cause.author, *cause.comment.split("\n")] if cause.comment else [cause.author])


def write_move(mark: Mark, around: Surroundings) -> Markup:
    """Write what stands over the first of the blocks that were moved, with a link to their other place."""
    places = {"deleted": ("from", "to"), "inserted": ("to", "from")}
    here, there = places[mark.kind]
    link = make_element("a", around.labels[f"moved_{here}"], href=f"#{mark.move}-{there}")
    return make_element("p", link, class_=f"moved cause-{mark.cause.kind}", id=f"{mark.move}-{here}")


def name_classes(mark: Mark | None, *names: str | None) -> str | None:
    """Name the classes of a list item or a row, which is shown or left out with its mark."""
    own = (mark.kind, f"cause-{mark.cause.kind}") if mark else ()
    return " ".join(filter(None, (*names, *own))) or None
