"""Read, refresh and write message catalogues (gettext PO): a translator sees what is new and what has changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath
from typing import TypedDict

import polib

from briefing.formats.characters import check_decoded, is_hidden
from briefing.formats.text import decode_source
from briefing.problems import Place, Problem, SourceError, shorten

Key = tuple[str, str]  # msgctxt and msgid

FUZZY = "fuzzy"
PLACEHOLDER = re.compile(r"(?<!\{)\{[A-Za-z_][\w.]*\}(?!\})")
CHARSET = re.compile(r"charset=([^\s;]*)", re.IGNORECASE)
ESCAPE = re.compile(r'\\(?:[\\"bfnrtv]|(.))')  # those that polib reads; it takes the backslash of others for itself
SYNTAX = re.compile(r"\(line (\d+)\)")
MARK = re.compile(r"^(\s*#[,.:])(?=\S)", re.MULTILINE)  # "#,fuzzy": polib asks for a space
BREAK = re.compile(r"\\?\n")
# polib takes these for line ends, and Unicode does not ask it to within a string; no editor can see them.
SEPARATORS = str.maketrans(dict.fromkeys("\v\f\x1c\x1d\x1e\x85\u2028\u2029", " "))
# polib drops the last letter of a string that is not closed, and says nothing.
LINE = re.compile(r'\s*(#.*|((msg(ctxt|id|id_plural|str|str\[\d+\])\s+)?"([^"\\]|\\.)*")?)\s*')


@dataclass(frozen=True, slots=True)
class Message:
    """A text to translate: its section, itself, the source it comes from, and what a translator should know."""

    context: str
    text: str
    file: str
    hints: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        """Give what a catalogue finds the message by."""
        return (self.context, self.text)


class EncodedMessage(TypedDict):
    """A message as JSON holds it."""

    context: str
    text: str
    file: str
    hints: list[str]


def encode_message(message: Message) -> EncodedMessage:
    """Turn a message into what JSON can hold."""
    return {"context": message.context, "text": message.text, "file": message.file, "hints": list(message.hints)}


def decode_message(fields: EncodedMessage) -> Message:
    """Turn what `encode_message` made back into the message."""
    return Message(fields["context"], fields["text"], fields["file"], tuple(fields["hints"]))


@dataclass(frozen=True, slots=True)
class Entry:
    """A message of a catalogue with its translation ("" for none) and the line on which the translation stands."""

    text: str
    line: int
    fuzzy: bool


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The translations of one language, as its file holds them."""

    file: str
    entries: Mapping[Key, Entry]
    lines: tuple[str, ...] = ()

    def find(self, key: Key) -> Entry | None:
        """Find the translation of a message; some tools write no contexts, and one that has none is for all."""
        return self.entries.get(key) or self.entries.get(("", key[1]))

    def locate(self, entry: Entry, token: str = "") -> Place:
        """Find the place of a translation, or of a token in it as far as it stands on one line."""
        line = entry.line
        while token and line <= len(self.lines) and (line == entry.line or self.lines[line - 1].startswith('"')):
            if (column := self.lines[line - 1].find(token.replace('"', '\\"'))) >= 0:
                return Place(self.file, line, column + 1)
            line += 1
        return Place(self.file, entry.line)


@lru_cache(maxsize=8)
def read_catalogue(file: str, raw: bytes | None) -> Catalogue:
    """Read a catalogue, which is named for its language, from its bytes (None where there is no such file).

    This fails with a `SourceError` that names the line of a wrong encoding, of broken syntax, of a header that says
    something else, and of every message that stands twice or whose translation is none of it.
    """
    if raw is None:
        raise SourceError(
            [Problem(file, 1, 1, "this file is missing; run make translate to make it, then translate it")]
        )
    text = decode_source(file, raw)
    lines = tuple(text.split("\n"))
    told = frozenset(filter(is_hidden, set(text)))  # by the check of the file itself
    parsed = _parse(file, text)
    problems = [*_check_header(file, parsed.metadata, lines), *_check_escapes(file, lines)]
    entries: dict[Key, Entry] = {}
    for entry in parsed:
        if entry.obsolete:
            continue
        start = entry.linenum or 1
        line = next((n for n in range(start, len(lines) + 1) if lines[n - 1].lstrip().startswith("msgstr")), 1)
        if entry.msgid_plural:
            problems.append(Problem(file, line, 1, "this message has plural forms; a note has none, so remove them"))
        if (key := key_entry(entry)) in entries:
            where = f' in "{key[0]}"' if key[0] else ""
            message = f'the message "{shorten(entry.msgid)}" stands twice{where}; keep one of the two'
            problems.append(Problem(file, start, 1, message))
        problems.extend(check_decoded(Place(file, line), entry.msgstr, told))
        problems.extend(_check_line_ends(Place(file, line), entry))
        entries[key] = Entry(entry.msgstr, line, FUZZY in entry.flags)
    if problems:
        raise SourceError(problems)
    return Catalogue(file, entries, lines)


def parse_entries(text: str) -> polib.POFile:
    """Parse the text of a catalogue; this fails with the errors of polib."""
    return polib.pofile(
        MARK.sub(r"\1 ", text.translate(SEPARATORS)) + "\n"
    )  # the text, never a path: it holds line ends


def _parse(file: str, text: str) -> polib.POFile:
    if not re.search(r'^\s*msgid\s+"', text, re.MULTILINE):
        raise SourceError(
            [Problem(file, 1, 1, "this is no message catalogue; expected a PO file with msgid and msgstr")]
        )
    wrong = [(number, line) for number, line in enumerate(text.split("\n"), 1) if not LINE.fullmatch(line)]
    if wrong:
        raise SourceError(_refuse_line(file, number, line) for number, line in wrong)
    try:
        return parse_entries(text)
    except (OSError, ValueError) as error:
        found = SYNTAX.search(str(error))
        line = int(found[1]) if found else 1
        written = text.split("\n")[line - 1].strip() if found else ""
        raise SourceError([_refuse_line(file, line, written)]) from None


def _refuse_line(file: str, number: int, line: str) -> Problem:
    message = f'this is not valid PO: "{shorten(line)}"; expected msgid or msgstr with a quoted text, or a comment'
    return Problem(file, number, 1, message)


def _check_header(file: str, header: Mapping[str, str], lines: Sequence[str]) -> Iterator[Problem]:
    """Check that the header names the charset and the language of the file, whatever its case and its lines."""
    fields = {name.casefold(): value for name, value in header.items()}
    charset = CHARSET.search(fields.get("content-type", ""))
    if charset is None or charset[1].upper() not in ("UTF-8", "UTF8"):
        named = f'names the charset "{charset[1]}"' if charset else "names no charset"
        message = f'the header {named}; write "Content-Type: text/plain; charset=UTF-8\\n"'
        yield Problem(file, _find_line(lines, "content-type:"), 1, message)
    tag, language = PurePath(file).stem, fields.get("language", "").strip()
    if language and re.split("[-_@]", language.casefold())[0] != tag:
        message = f'the header names the language "{language}", and the file is that of "{tag}"'
        remedy = f'write "Language: {tag}\\n", or put the file in the place of its language'
        yield Problem(file, _find_line(lines, "language:"), 1, f"{message}; {remedy}")


def _find_line(lines: Sequence[str], name: str) -> int:
    """Find the line on which a field of the header begins; the first where it stands nowhere."""
    pattern = re.compile(rf'(?:"|\\n){re.escape(name)}', re.IGNORECASE)
    return next((number for number, line in enumerate(lines, 1) if pattern.search(line)), 1)


def _check_escapes(file: str, lines: Iterable[str]) -> Iterator[Problem]:
    """Check the escapes of all strings; polib takes one that it does not know for its letter."""
    for number, line in enumerate(lines, 1):
        if '"' in line and not line.lstrip().startswith("#"):
            for found in ESCAPE.finditer(line):
                if found[1]:
                    remedy = f'write "\\{found[0]}" for the backslash itself, or the character that is meant'
                    yield Problem(
                        file, number, found.start() + 1, f'"{found[0]}" is no escape of a catalogue; {remedy}'
                    )


def _check_line_ends(place: Place, entry: polib.POEntry) -> Iterator[Problem]:
    """Check that a translation breaks its lines as its source does; one that is fuzzy is of an earlier source."""
    if not entry.msgstr or FUZZY in entry.flags:
        return
    wanted, found = (Counter(BREAK.findall(text)) for text in (entry.msgid, entry.msgstr))
    for line_end in [kind for kind in wanted | found if wanted[kind] != found[kind]][:1]:
        said = line_end.replace("\\", "\\\\").replace("\n", "\\n")
        message = f'the translation of "{shorten(entry.msgid)}" has the line end {said} {found[line_end]} times'
        yield place.report(f"{message}, and its source {wanted[line_end]} times; make them agree", "translation")


def key_entry(entry: polib.POEntry) -> Key:
    """Give what an entry is found by."""
    return (entry.msgctxt or "", entry.msgid)
