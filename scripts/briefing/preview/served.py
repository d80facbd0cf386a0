"""Say of a page what a browser needs to follow it: the page with a script in it, and what was seen as JSON."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from briefing.preview.both import name_block, write_both
from briefing.preview.session import Desk, Sight
from briefing.preview.shell import write_bare_page
from briefing.problems import Place, Problem

BOTH = "/both"
SCRIPT, STYLE = "preview.js", "preview.css"
POLICY = re.compile(rb"(<meta http-equiv=\"Content-Security-Policy\" content=\"[^\"]*script-src [^;\"]*)")
LAST_SCRIPT = b"<script>"


@dataclass(frozen=True)
class ServedPage:
    """A page by its version, which is written, with the script that follows it in it, when it is asked for."""

    version: str
    is_current: bool
    write: Callable[[], bytes]
    script: str
    style: str

    @cached_property
    def content(self) -> bytes:
        """Give the bytes of the page."""
        return put_script(self.write(), self.version, self.script, self.style)


@dataclass(frozen=True, slots=True)
class Served:
    """What a session shows, as a server hands it out: each page by its address, what is told of them, what is wrong."""

    pages: Mapping[str, ServedPage] = field(default_factory=dict)
    told: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def name_page(note: str, tag: str, kind: str = "html") -> str:
    """Name the address of a file of a note, which is that beside which it will be delivered."""
    return f"/{note}.{tag}.{kind}"


def put_script(page: bytes, version: str, script: str, style: str) -> bytes:
    """Give a page with the script that follows it and its style; its policy lets that script in, and no other.

    The script stands before that of the page, so that it sees the page as it was written.
    """
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest())
    allowed = POLICY.sub(rb"\1 'sha256-" + digest + rb"'; connect-src 'self'", page, count=1)
    allowed = allowed.replace(b"script-src 'none' ", b"script-src ", 1)
    head, rest = allowed.split(b"</head>", 1)
    body, own = rest.rsplit(LAST_SCRIPT, 1)
    mark = f'<meta name="preview-version" content="{version}">\n<style>\n{style}</style>\n'
    parts = (head, mark.encode(), b"</head>", body, b"<script>", script.encode(), b"</script>\n", LAST_SCRIPT, own)
    return b"".join(parts)


def hash_pages(*pages: bytes) -> str:
    """Tell one version of a page, or of several, from others."""
    digest = hashlib.sha256()
    for page in pages:
        digest.update(page)
    return digest.hexdigest()[:16]


def serve_sight(
    desk: Desk, number: int, sight: Sight, make_link: Callable[[Problem], str], ways: Mapping[str, str]
) -> Served:
    """Give what a server hands out of what was seen; `ways` are further addresses that it answers to, by name."""
    note, tags = desk.note, [target.tag for target in desk.targets]
    script, style = (desk.templates[name].decode("utf-8") for name in (SCRIPT, STYLE))
    pages: dict[str, ServedPage] = {}
    for tag in tags:
        proof, bare = sight.proofs.get(tag), partial(_write_bare, desk, tag)
        pages[name_page(note, tag)] = (
            ServedPage(hash_pages(proof.page), proof.is_current, partial(_give, proof.page), script, style)
            if proof
            else ServedPage("", False, bare, script, style)
        )
    proofs = {tag: sight.proofs[tag] for tag in tags if tag in sight.proofs}
    if tags[0] in proofs and len(proofs) > 1:
        version = hash_pages(*(proof.page for proof in proofs.values()))
        pages[BOTH] = ServedPage(version, sight.is_read(tags), partial(write_both, desk, proofs), script, style)
    elif len(tags) > 1:
        pages[BOTH] = ServedPage("", False, partial(_write_bare, desk, ", ".join(tags)), script, style)
    names = {f"Page ({tag})": name_page(note, tag) for tag in tags}
    names |= {"Side by side": BOTH} if BOTH in pages else {}
    return Served(pages, tell_sight(desk, number, sight, pages, make_link, {**names, **ways}), sight.problems)


def _write_bare(desk: Desk, shown: str) -> bytes:
    return write_bare_page(desk.note, shown, desk.write_look())


def _give(page: bytes) -> bytes:
    return page


def tell_sight(
    desk: Desk,
    number: int,
    sight: Sight,
    pages: Mapping[str, ServedPage],
    make_link: Callable[[Problem], str],
    ways: Mapping[str, str],
) -> dict[str, Any]:
    """Tell what was seen, as JSON: which pages there are, and each problem with what opens its place.

    A page that is current and not made is what the sources say, which no build makes as long as they have errors.
    """
    places = {
        tag: {name: Place(*place) for name, place in proof.findings["places"].items()}
        for tag, proof in sight.proofs.items()
    }
    return {
        "number": number,
        "is_whole": sight.is_whole,
        "pages": {
            address: {
                "version": page.version,
                "is_current": page.is_current,
                "is_made": page.is_current and not sight.errors,
            }
            for address, page in pages.items()
        },
        "ways": [{"name": name, "href": address} for name, address in ways.items()],
        "problems": [
            {
                "place": f"{problem.file}:{problem.line}:{problem.column}",
                "href": (href := make_link(problem)),
                "is_page": href.startswith("/"),
                "message": problem.message,
                "severity": problem.severity,
                "blocks": _find_blocks(desk, problem, places),
            }
            for problem in sight.problems
        ],
    }


def _find_blocks(desk: Desk, problem: Problem, places: Mapping[str, Mapping[str, Place]]) -> dict[str, str]:
    """Find where a problem stands on each page, by the page's address."""
    source = desk.targets[0].tag
    found = {tag: find_block(problem, known) for tag, known in places.items()}
    both = next((name_block(name, tag, source) for tag, name in found.items() if name), "")
    return {name_page(desk.note, tag): name for tag, name in found.items()} | {BOTH: both}


def find_block(problem: Problem, places: Mapping[str, Place]) -> str:
    """Find the block that stands where a problem is: the last that begins there or before; nothing in other files."""
    before = [
        (place.line, place.column, number, name)
        for number, (name, place) in enumerate(places.items())
        if place.file == problem.file and (place.line, place.column) <= (problem.line, problem.column)
    ]
    return max(before)[-1] if before else ""
