"""Write pages that are not the note's own: what stands for a page, what is wrong, a source, languages side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from markupsafe import Markup

from briefing.formats.characters import MAX_BYTES
from briefing.problems import Problem
from briefing.writers.html.elements import join_markup, make_element

BARE = "bare"
"""The class of a page that stands for one that could not be had yet."""


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


def write_bare_page(note: str, shown: str, look: str) -> bytes:
    """Write the page that stands for one that could not be had yet; it gives way to the first that can.

    `shown` says what would be shown of the note: a language, or several; `look` is the style of these pages.
    """
    said = "The sources cannot be read yet. This page comes as soon as what is told above is mended."
    title = f"{note} ({shown})"
    return write_shell(title, make_element("p", said), look, BARE, _write_header(title), script="")


def write_told_page(
    title: str,
    said: str,
    problems: Sequence[Problem],
    make_link: Callable[[Problem], str],
    look: str,
    *ways: tuple[str, str],
) -> bytes:
    """Write a page that says why another cannot be had; `ways` are names and addresses of pages that can."""
    rows = [(make_link(row), f"{row.file}:{row.line}:{row.column}", row.message) for row in problems]
    parts = [make_element("p", said), *_list_problems(rows)]
    parts += [make_element("p", make_element("a", name, href=address)) for name, address in ways]
    return write_shell(title, join_markup(parts, "\n"), look, header=_write_header(title))


def write_source_page(name: str, raw: bytes | None, problems: Sequence[Problem], look: str) -> bytes:
    """Write a source as a page of numbered lines, for those who have told of no editor that opens it.

    What is wrong with it stands at the top; of a file that is not there, or that is too large for a source, nothing
    else does.
    """
    unseen = "not there" if raw is None else "too large" if len(raw) > MAX_BYTES else ""
    text = raw.decode("utf-8", "replace") if raw is not None and not unseen else ""
    lines = (
        make_element("li", make_element("code", line or "\N{ZERO WIDTH SPACE}"), id=f"L{number}")
        for number, line in enumerate(text.split("\n"), 1)
    )
    parts = [*_list_problems([(f"#L{row.line}", f"{row.line}:{row.column}", row.message) for row in problems])]
    shown = make_element("p", f"This file is {unseen} to be shown.") if unseen else make_element("ol", *lines)
    return write_shell(name, join_markup([*parts, shown], "\n"), look, "file", _write_header(name))


def _write_header(title: str) -> Markup:
    return make_element("header", make_element("h1", title))


def _list_problems(rows: Sequence[tuple[str, str, str]]) -> Iterator[Markup]:
    """List problems, each with the address that opens its place, the place, and what is wrong there."""
    items = (
        make_element("li", make_element("a", make_element("code", place), href=href), f" {message}", class_="item")
        for href, place, message in rows
    )
    if rows:
        yield make_element("ul", *items, class_="items error")
