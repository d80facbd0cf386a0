"""Say of a page what a browser needs to follow it: the page with a script in it, and what was seen as JSON."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from briefing.preview.session import Sight
from briefing.problems import Place, Problem

SCRIPT, STYLE = "preview.js", "preview.css"
POLICY = re.compile(rb"(<meta http-equiv=\"Content-Security-Policy\" content=\"[^\"]*script-src [^;\"]*)")
LAST_SCRIPT = b"<script>"


@dataclass(frozen=True, slots=True)
class Served:
    """What a session shows, as a server hands it out: each page by its address, and what is told of them."""

    pages: Mapping[str, bytes] = field(default_factory=dict)
    told: Mapping[str, Any] = field(default_factory=dict)


def name_page(note: str, tag: str, kind: str = "html") -> str:
    """Name the address of a file of a note, which is that beside which it will be delivered."""
    return f"/{note}.{tag}.{kind}"


def serve_page(page: bytes, script: str, style: str) -> bytes:
    """Give a page with the script that follows it and its style; its policy lets that script in, and no other.

    The script stands before that of the page, so that it sees the page as it was written.
    """
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest())
    allowed = POLICY.sub(rb"\1 'sha256-" + digest + rb"'; connect-src 'self'", page, count=1)
    allowed = allowed.replace(b"script-src 'none' ", b"script-src ", 1)
    head, rest = allowed.split(b"</head>", 1)
    body, own = rest.rsplit(LAST_SCRIPT, 1)
    version = f'<meta name="preview-version" content="{hash_page(page)}">\n<style>\n{style}</style>\n'
    parts = (head, version.encode(), b"</head>", body, b"<script>", script.encode(), b"</script>\n", LAST_SCRIPT, own)
    return b"".join(parts)


def write_bare_page(note: str, language: str) -> bytes:
    """Write the page that stands for one that could not be had yet; it gives way to the first that can."""
    policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'none'; base-uri 'none'; form-action 'none'"
    title = f"{html.escape(note)} ({html.escape(language)})"
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f"<style>body {{ font: 1rem/1.5 system-ui, sans-serif; margin: 0; }} main {{ padding: 1rem; }}</style>\n"
        f"</head>\n<body>\n<header></header>\n<main>\n<h1>{title}</h1>\n"
        "<p>The sources cannot be read yet. This page comes as soon as what is told above is mended.</p>\n"
        "</main>\n<footer></footer>\n<script></script>\n</body>\n</html>\n"
    ).encode()


def hash_page(page: bytes) -> str:
    """Tell one version of a page from others."""
    return hashlib.sha256(page).hexdigest()[:16]


def tell_sight(
    number: int,
    sight: Sight,
    pages: Mapping[str, tuple[bytes, bool]],
    make_link: Callable[[Problem], str],
    ways: Mapping[str, str],
) -> dict[str, Any]:
    """Tell what was seen, as JSON: which pages there are, and each problem with what opens its place.

    `pages` has each page by its address, and whether it is of the sources as they stand; `ways` leads from a name to an
    address that readers of a page may ask for.
    """
    places = {
        tag: {name: Place(*place) for name, place in proof.findings["places"].items()}
        for tag, proof in sight.proofs.items()
    }
    return {
        "number": number,
        "is_whole": sight.is_whole,
        "pages": {
            address: {"version": hash_page(page), "is_current": current} for address, (page, current) in pages.items()
        },
        "ways": [{"name": name, "href": address} for name, address in ways.items()],
        "problems": [
            {
                "place": f"{problem.file}:{problem.line}:{problem.column}",
                "href": make_link(problem),
                "is_page": make_link(problem).startswith("/"),
                "message": problem.message,
                "severity": problem.severity,
                "blocks": {tag: find_block(problem, known) for tag, known in places.items()},
            }
            for problem in sight.problems
        ],
    }


def find_block(problem: Problem, places: Mapping[str, Place]) -> str:
    """Find the block that stands where a problem is: the last that begins there or before; nothing in other files."""
    before = [
        (place.line, place.column, number, name)
        for number, (name, place) in enumerate(places.items())
        if place.file == problem.file and (place.line, place.column) <= (problem.line, problem.column)
    ]
    return max(before)[-1] if before else ""


def write_source_page(name: str, text: str) -> str:
    """Write a source as a page of numbered lines, for those who have told of no editor that opens it."""
    lines = "".join(
        f'<li id="L{number}"><code>{html.escape(line) or "&#8203;"}</code></li>\n'
        for number, line in enumerate(text.split("\n"), 1)
    )
    style = (
        "body { font: 1rem/1.5 system-ui, sans-serif; margin: 1rem; } ol { padding-left: 4rem; } "
        "code { white-space: pre-wrap; overflow-wrap: anywhere; } li:target { background: #fbf1e3; }"
    )
    policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{html.escape(name)}</title>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n<style>{style}</style>\n</head>\n'
        f"<body>\n<main>\n<h1>{html.escape(name)}</h1>\n<ol>\n{lines}</ol>\n</main>\n</body>\n</html>\n"
    )


def serve_sight(
    note: str,
    number: int,
    sight: Sight,
    templates: Mapping[str, bytes],
    make_link: Callable[[Problem], str],
    tags: Iterable[str],
) -> Served:
    """Give what a server hands out of what was seen."""
    script, style = (templates[name].decode("utf-8") for name in (SCRIPT, STYLE))
    pages = {name_page(note, tag): (write_bare_page(note, tag), False) for tag in tags}
    pages |= {name_page(note, tag): (proof.page, proof.is_current) for tag, proof in sight.proofs.items()}
    ways = {f"Page ({tag})": name_page(note, tag) for tag in tags}
    told = tell_sight(number, sight, pages, make_link, ways)
    return Served({address: serve_page(page, script, style) for address, (page, _) in pages.items()}, told)
