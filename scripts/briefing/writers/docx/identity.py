"""Say in the properties of a Word file which document it holds, so that what comes back edited can be compared."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from briefing.document.nodes import Document
from briefing.document.serialization import hash_document
from briefing.writers.docx.xml import Element, make

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
PREFIX = "briefnote:"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""OOXML 22.3: the set to which the properties belong that a program makes up for itself."""
_FIRST = 2  # OOXML: the numbers below are taken
_LONGEST = 240
"""Word shows and keeps 255 characters of a property."""


def build_identity(document: Document, comments: Sequence[Element]) -> Element:
    """Build the root of docProps/custom.xml: note, language, version, hash of the document, our own comments.

    The comments of a redline are named by hashes, so that they can be told from those that a reviewer adds.
    """
    metadata = document.metadata
    named = {
        "note": metadata.note,
        "language": metadata.language,
        "version": metadata.version,
        "versions": "..".join(document.versions),
        "document": hash_document(document),
        **dict(_list_comments(comments)),
    }
    properties = [
        make("op:property", {"fmtid": _FORMAT, "pid": number, "name": f"{PREFIX}{name}"}, make("vt:lpwstr", None, text))
        for number, (name, text) in enumerate(((name, text) for name, text in named.items() if text), _FIRST)
    ]
    return make("op:Properties", None, properties)


def _list_comments(comments: Sequence[Element]) -> Iterator[tuple[str, str]]:
    hashes = [hash_comment("".join(str(text) for text in comment.itertext())) for comment in comments]
    size = _LONGEST // (len(hash_comment("")) + 1)
    for number, start in enumerate(range(0, len(hashes), size), 1):
        yield f"comments-{number}", " ".join(hashes[start : start + size])


def hash_comment(text: str) -> str:
    """Hash the words of a comment, whatever stands between them; eight hexadecimal digits."""
    return hashlib.sha256("".join(text.split()).encode("utf-8")).hexdigest()[:8]
