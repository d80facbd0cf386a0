"""Write pages that are not the note's own: what stands for a page, what is wrong, a source, languages side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from briefing.formats.characters import MAX_BYTES
from briefing.problems import Problem
from briefing.writers.html.elements import join_markup, make_element

BARE = "bare"
"""The class of a page that stands for one that could not be had yet."""
PLAIN = (
    "body { font: 1rem/1.5 system-ui, sans-serif; margin: 1rem; } h1 { font-size: 1.3rem; } "
    "h1, li { overflow-wrap: anywhere; } "
)


def write_shell(
    title: str, main: Markup, style: str = "", kind: str = "", header: Markup | None = None, script: str | None = None
) -> bytes:
    """Write a page around what it shows; its policy lets no script in until one is put into it.

    `script` is that of the page, which may be empty; without it, the page follows nothing.
    """
    policy = "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; "
    policy += "script-src 'none'; base-uri 'none'; form-action 'none'"
    head = (
        Markup('<meta charset="utf-8">'),
        Markup('<meta http-equiv="Content-Security-Policy" content="{}">').format(Markup(policy)),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Markup('<meta name="color-scheme" content="light dark">'),
        make_element("title", title),
        make_element("style", Markup(style)),
    )
    parts = [header or make_element("header"), make_element("main", main, class_=kind or None), make_element("footer")]
    parts += [] if script is None else [make_element("script", Markup(script))]
    page = Markup('<!DOCTYPE html>\n<html lang="en">\n<head>\n{}\n</head>\n<body>\n{}\n</body>\n</html>\n').format(
        join_markup(head, "\n"), join_markup(parts, "\n")
    )
    return page.encode("utf-8")


def write_bare_page(note: str, shown: str) -> bytes:
    """Write the page that stands for one that could not be had yet; it gives way to the first that can.

    `shown` says what would be shown of the note: a language, or several.
    """
    said = "The sources cannot be read yet. This page comes as soon as what is told above is mended."
    style = "body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; } main { padding: 1rem; }"
    title = f"{note} ({shown})"
    main = join_markup((make_element("h1", title), make_element("p", said)), "\n")
    return write_shell(title, main, style, BARE, script="")


def write_told_page(
    title: str, said: str, problems: Sequence[Problem], make_link: Callable[[Problem], str], *ways: tuple[str, str]
) -> bytes:
    """Write a page that says why another cannot be had; `ways` are names and addresses of pages that can."""
    rows = (
        make_element("li", make_element("a", make_element("code", place), href=make_link(problem)), f" {message}")
        for problem in problems
        for place, message in [str(problem).split(": ", 1)]
    )
    parts = [make_element("h1", title), make_element("p", said), make_element("ul", *rows)]
    parts += [make_element("p", make_element("a", name, href=address)) for name, address in ways]
    return write_shell(title, join_markup(parts, "\n"), PLAIN)


def write_source_page(name: str, raw: bytes | None, problems: Sequence[Problem] = ()) -> bytes:
    """Write a source as a page of numbered lines, for those who have told of no editor that opens it.

    What is wrong with it stands at the top; of a file that is not there, or that is too large for a source, nothing
    else does.
    """
    unseen = "not there" if raw is None else "too large" if len(raw) > MAX_BYTES else ""
    text = raw.decode("utf-8", "replace") if raw is not None and not unseen else ""
    told = [
        make_element("li", make_element("a", f"{row.line}:{row.column}", href=f"#L{row.line}"), f" {row.message}")
        for row in problems
    ]
    lines = (
        make_element("li", make_element("code", line or "\N{ZERO WIDTH SPACE}"), id=f"L{number}")
        for number, line in enumerate(text.split("\n"), 1)
    )
    style = (
        f"{PLAIN}ol {{ padding-left: 4rem; }} code {{ white-space: pre-wrap; overflow-wrap: anywhere; }} "
        "li:target { background: #fbf1e3; color: #1b2a33; }"
    )
    parts = [make_element("h1", name), *([make_element("ul", *told)] if told else [])]
    parts += [make_element("p", f"This file is {unseen} to be shown.") if unseen else make_element("ol", *lines)]
    return write_shell(name, join_markup(parts, "\n"), style)
