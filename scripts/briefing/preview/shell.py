"""Write pages that are not the note's own: what stands for a page, a source, both languages side by side."""

from __future__ import annotations

from markupsafe import Markup

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


def write_bare_page(note: str, language: str) -> bytes:
    """Write the page that stands for one that could not be had yet; it gives way to the first that can."""
    said = "The sources cannot be read yet. This page comes as soon as what is told above is mended."
    style = "body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; } main { padding: 1rem; }"
    title = f"{note} ({language})"
    main = join_markup((make_element("h1", title), make_element("p", said)), "\n")
    return write_shell(title, main, style, BARE, script="")


def write_source_page(name: str, text: str) -> bytes:
    """Write a source as a page of numbered lines, for those who have told of no editor that opens it."""
    lines = (
        make_element("li", make_element("code", line or "\N{ZERO WIDTH SPACE}"), id=f"L{number}")
        for number, line in enumerate(text.split("\n"), 1)
    )
    style = (
        "body { font: 1rem/1.5 system-ui, sans-serif; margin: 1rem; } ol { padding-left: 4rem; } "
        "code { white-space: pre-wrap; overflow-wrap: anywhere; } li:target { background: #fbf1e3; color: #1b2a33; }"
    )
    main = join_markup((make_element("h1", name), make_element("ol", *lines)), "\n")
    return write_shell(name, main, style)
