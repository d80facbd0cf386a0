"""Decode the text of a source, and recognise what a file is when it is not the UTF-8 text that its name promises."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from briefing.problems import Problem, SourceError

SIGNATURES = (
    (b"PK\x03\x04", "an Excel, Word or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"{\\rtf", "a Rich Text file"),
)
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
PAGES = (b"<!doctype html", b"<html", b"<table", b"<?xml")


def recognise_kind(raw: bytes) -> str:
    """Say what the bytes are if they are no plain UTF-8 text, and what to do about it; nothing if they may be."""
    for signature, kind in SIGNATURES:
        if raw.startswith(signature):
            return f"this is {kind}, expected text; open it in its program and save it as UTF-8 text (a table as CSV)"
    if raw.startswith(UTF_16) or (raw[:200].count(b"\0") > len(raw[:200]) // 4):
        return "this is UTF-16 text, expected UTF-8; save the file as UTF-8 (in Excel: CSV UTF-8)"
    start = raw[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(PAGES):
        return "this is a web page, expected plain text; download the file itself, or paste its text"
    return ""


def explain_byte(byte: int) -> str:
    """Say which character of Windows-1252 a byte that is not UTF-8 would be."""
    try:
        return f'as Windows-1252 it would read "{bytes([byte]).decode("cp1252")}"'
    except UnicodeDecodeError:
        return "it is no character of Windows-1252 either"


def decode_source(path: str | Path, raw: bytes) -> str:
    """Decode a source as UTF-8 without its byte-order mark, with plain line ends and composed accents.

    Other encodings, and files that are no text, are an error.
    """
    if kind := recognise_kind(raw):
        raise SourceError([Problem(str(path), 1, 1, kind)])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        remedy = f"save the file as UTF-8 (in Excel: CSV UTF-8); {explain_byte(raw[error.start])}"
        raise SourceError([Problem(str(path), line, column, f"this is not UTF-8 text; {remedy}")]) from None
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
