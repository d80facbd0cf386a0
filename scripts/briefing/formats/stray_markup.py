"""Find what a text has of other languages of markup, and would print as typed: templates, LaTeX, HTML, braces."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\{%.*?%\}"), "is a command of a template, which nothing runs; remove it"),
    (
        re.compile(r"\\(?:[A-Za-z]{2,}\*?(?:\{[^{}]*\})?|['\"^`~=.](?:\{\\?[A-Za-z]\}|[A-Za-z]))"),
        "is LaTeX; write plain text",
    ),
    (
        re.compile(r"(?<![{\\\]])\{(?![{#%])[^{}\n]*\}(?!\})"),
        "stands in single braces and would be printed so; write a figure as {{ name }}, or remove the braces",
    ),
    (
        re.compile(r"(?<![^\s(\u201c\u00ab])@[A-Za-z][A-Za-z0-9_:.-]*[A-Za-z0-9]"),
        "would be printed as typed; put a key in brackets to cite its work: [@key]",
    ),
    (re.compile(r"\$[^$\s](?:[^$]*[\\^_])[^$]*\$"), "is a formula of LaTeX; write plain text"),
)
_OF_PLAIN_TEXT: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>"), "is HTML, which is not read here; write plain text"),
    (re.compile(r"&(?:[A-Za-z]+|#\d+|#x[0-9A-Fa-f]+);"), "is an entity of HTML; write the character itself"),
)


def find_stray_markup(text: str, plain: bool = False) -> Iterator[tuple[int, str]]:
    """Find marks that would be printed as typed, each with its offset; in `plain` text HTML is not read either."""
    told: set[int] = set()
    for pattern, words in (*_PATTERNS, *(_OF_PLAIN_TEXT if plain else ())):
        for found in pattern.finditer(text):
            if told.isdisjoint(range(*found.span())):
                told.update(range(*found.span()))
                yield found.start(), f'"{found[0]}" {words}'
