"""The markup of CSL items and of what a style prints of them: checked, read into inlines, or dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html.parser import HTMLParser
from typing import Any

from briefing.document.inlines import merge_texts
from briefing.document.nodes import Emphasis, Inline, Link, Span, Strong, Text
from briefing.document.walking import get_text
from briefing.problems import Problem

TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z!?][^\s<>/]*)[^<>]*>?")
ALLOWED = re.compile(r'<(i|b|sup|sub|sc|span class="nocase"|span style="font-variant: ?small-caps;?")>|</\w+>')
ARTICLES = ("article-journal", "article-magazine", "article-newspaper")  # they are known by where they stand
NO_MARKUP = ("URL", "DOI", "custom")
DIGITS = {"sup": str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"), "sub": str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")}
SHIFTED = re.compile(r"<(sup|sub)>(\d+)</\1>")
PLAIN = re.compile(r"</?(?:sup|sub|sc|span)\b[^<>]*>")
# The fonts have no letters above the line.
RAISED = str.maketrans({"ᵉ": "e", "ʳ": "r", "ᵈ": "d", "ᵒ": "°", "ˢ": "s"})


# --- In items ----------------------------------------------------------------------------------------------------


def check_markup(file: str, text: str, works: Mapping[str, Mapping[str, Any]]) -> list[Problem]:
    """Report every tag that CSL-JSON does not have, or that is not closed; a problem stands at the line of the text."""
    problems = []
    for key, work in works.items():
        for value in _list_texts({name: value for name, value in work.items() if name not in NO_MARKUP}):
            if tag := _find_wrong_tag(value):
                line = next((n for n, line in enumerate(text.split("\n"), 1) if tag in line.replace('\\"', '"')), 1)
                remedy = "write plain text, or <i>…</i>, <b>…</b>, <sup>…</sup> and <sub>…</sub>, each closed"
                problems.append(Problem(file, line, 1, f'raw HTML ({tag}) has no place in the work "{key}"; {remedy}'))
    return problems


def _list_texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from _list_texts(part)


def _find_wrong_tag(text: str) -> str:
    """Find the first tag that is not allowed, not opened, or not closed in its turn."""
    opened: list[tuple[str, str]] = []
    for match in TAG.finditer(text):
        if not ALLOWED.fullmatch(match[0]):
            return match[0]
        if not match["end"]:
            opened.append((match["name"], match[0]))
        elif not opened or opened.pop()[0] != match["name"]:
            return match[0]
    return opened[-1][1] if opened else ""


def simplify_markup(text: str) -> str:
    """Reduce the markup of CSL-JSON to italics and bold: digits above and below the line have signs of their own."""
    return PLAIN.sub("", SHIFTED.sub(lambda match: match[2].translate(DIGITS[match[1]]), text))


def name_authors(work: Mapping[str, Any]) -> str:
    """Name the authors of a CSL work, or who or what stands in for them, without the year."""
    people = next((work[role] for role in ("author", "editor", "translator") if work.get(role)), ())
    names = [str(name.get("short") or name.get("literal") or _name_family(name)) for name in people]
    title = work.get("container-title") if work.get("type") in ARTICLES else None
    return ", ".join(filter(None, names)) or get_plain_text(
        simplify_markup(str(title or work.get("title", work["id"])))
    )


def _name_family(name: Mapping[str, str]) -> str:
    return " ".join(filter(None, (name.get("non-dropping-particle"), name.get("family"))))


# --- In what a style prints ---------------------------------------------------------------------------------------


class _PiecesReader(HTMLParser):
    """Collects the tags of what a style prints, and its texts, each with whether it is of a field or an address."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[tuple[str, str, Mapping[str, str]]] = []
        self.opened: list[str] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.opened.append("field" if values.get("class") == "field" else tag)
        self.pieces.append(("start", tag, values))

    def handle_endtag(self, tag: str) -> None:
        self.opened.pop()
        self.pieces.append(("end", tag, {}))

    def handle_data(self, data: str) -> None:
        kind = "address" if "a" in self.opened else "field" if "field" in self.opened else "style"
        self.pieces.append((kind, data if kind != "style" else data.translate(RAISED), {}))


def read_markup(markup: str) -> tuple[Inline, ...]:
    """Turn what a style prints into inlines; its own marks give way to those at the end of a field (Who?. is Who?)."""
    reader = _PiecesReader()
    reader.feed(markup)
    reader.close()
    stack: list[list[Inline]] = [[]]
    attributes: list[Mapping[str, str]] = []
    for kind, text, values in _mend_seams(reader.pieces):
        match kind:
            case "start":
                stack.append([])
                attributes.append(values)
            case "end":
                stack[-2].extend(_wrap(text, attributes.pop(), merge_texts(stack.pop())))
            case _:
                stack[-1].append(Text(text))
    return merge_texts(stack[0])


def _wrap(tag: str, values: Mapping[str, str], children: tuple[Inline, ...]) -> tuple[Inline, ...]:
    match tag:
        case "i" | "em":
            return (Emphasis(children),)
        case "b" | "strong":
            return (Strong(children),)
        case "a":
            return (Link(values.get("href", ""), children),)
        case "span" if "lang" in values:
            return (Span(values["lang"], children),)
    return children


def _mend_seams(pieces: Sequence[tuple[str, str, Mapping[str, str]]]) -> list[tuple[str, str, Mapping[str, str]]]:
    """Let no mark of the style repeat one that stands before it, and no space stand before a mark or another space."""
    mended: list[tuple[str, str, Mapping[str, str]]] = []
    last = -1  # the text before
    for kind, text, values in pieces:
        if kind not in ("start", "end"):
            if last >= 0 and kind == "style":
                before_kind, before, _ = mended[last]
                if before_kind == "style" and before.endswith(" ") and text[:1] in (".", ",", ";", " "):
                    mended[last] = (before_kind, before := before.rstrip(" "), {})
                text = _drop_repeated(before, text)
            last = len(mended) if text else last
        mended.append((kind, text, values))
    return mended


def _drop_repeated(before: str, text: str) -> str:
    """Drop the first mark of a text where what stands before has said it."""
    is_end = text.startswith(".") and before.endswith((".", "?", "!", "…"))
    is_twice = text[:1] in tuple(",;:!? ") and bool(text) and before.endswith(text[0])
    return text[1:] if is_end or is_twice else text


def get_plain_text(markup: str) -> str:
    """Drop the markup of a citation style."""
    return get_text(read_markup(markup))
