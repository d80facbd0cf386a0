"""Read, refresh and write message catalogues (gettext PO): a translator sees what is new and what has changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypedDict

import polib

from briefing.formats.characters import check_decoded, is_hidden
from briefing.formats.text import decode_source
from briefing.problems import Place, Problem, SourceError, shorten

Key = tuple[str, str]  # msgctxt and msgid

BRACE_FORMAT = "python-brace-format"
FUZZY = "fuzzy"
LIKENESS = 0.6  # how alike two messages are, from 0 to 1, for a translation to be offered for mending
PLACEHOLDER = re.compile(r"(?<!\{)\{[A-Za-z_][\w.]*\}(?!\})")
CHARSET = re.compile(r'^"Content-Type:.*charset=([^\\"\s;]*)', re.MULTILINE)
HINT = re.compile(r"(\{[\w.]+\}) = .*?( \[[^\]]*\])?$")
SYNTAX = re.compile(r"\(line (\d+)\)")
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

    def locate(self, entry: Entry, token: str = "") -> Place:
        """Find the place of a translation, or of a token in it as far as it stands on one line."""
        line = entry.line
        while token and line <= len(self.lines) and (line == entry.line or self.lines[line - 1].startswith('"')):
            if (column := self.lines[line - 1].find(token.replace('"', '\\"'))) >= 0:
                return Place(self.file, line, column + 1)
            line += 1
        return Place(self.file, entry.line)


@dataclass(frozen=True, slots=True)
class Refreshed:
    """A refreshed catalogue as text, with how many of its messages are new, fuzzy, done, and no longer used."""

    text: str
    new: int
    fuzzy: int
    done: int
    obsolete: int


def read_catalogue(file: str, raw: bytes | None) -> Catalogue:
    """Read a catalogue from its bytes (None where there is no such file).

    This fails with a `SourceError` that names the line of a wrong encoding, of broken syntax, and of every message that
    stands twice.
    """
    if raw is None:
        raise SourceError(
            [Problem(file, 1, 1, "this file is missing; run make translate to make it, then translate it")]
        )
    text = decode_source(file, raw)
    entries: dict[Key, Entry] = {}
    problems: list[Problem] = [*_check_charset(file, text)]
    lines = tuple(text.split("\n"))
    told = frozenset(filter(is_hidden, set(text)))  # by the check of the file itself
    for entry in _parse(file, text):
        line = next((n for n in range(entry.linenum or 1, len(lines) + 1) if lines[n - 1].startswith("msgstr")), 1)
        if entry.obsolete:
            continue
        if entry.msgid_plural:
            problems.append(Problem(file, line, 1, "this message has plural forms; a note has none, so remove them"))
        if (key := _key(entry)) in entries:
            message = f'the message "{shorten(entry.msgid)}" stands twice in "{key[0]}"; keep one of the two'
            problems.append(Problem(file, entry.linenum or 1, 1, message))
        problems.extend(check_decoded(Place(file, line), entry.msgstr, told))
        entries[key] = Entry(entry.msgstr, line, FUZZY in entry.flags)
    if problems:
        raise SourceError(problems)
    return Catalogue(file, entries, lines)


def _parse(file: str, text: str) -> polib.POFile:
    if not re.search(r'^msgid\s+"', text, re.MULTILINE):
        raise SourceError(
            [Problem(file, 1, 1, "this is no message catalogue; expected a PO file with msgid and msgstr")]
        )
    wrong = [(number, line) for number, line in enumerate(text.split("\n"), 1) if not LINE.fullmatch(line)]
    if wrong:
        raise SourceError(_refuse_line(file, number, line) for number, line in wrong)
    try:
        return polib.pofile(text + "\n")  # the text, never a path: it holds line ends
    except (OSError, ValueError) as error:
        found = SYNTAX.search(str(error))
        line = int(found[1]) if found else 1
        written = text.split("\n")[line - 1].strip() if found else ""
        raise SourceError([_refuse_line(file, line, written)]) from None


def _refuse_line(file: str, number: int, line: str) -> Problem:
    message = f'this is not valid PO: "{shorten(line)}"; expected msgid or msgstr with a quoted text, or a comment'
    return Problem(file, number, 1, message)


def _check_charset(file: str, text: str) -> Iterator[Problem]:
    found = CHARSET.search(text)
    if found is None or found[1].upper() not in ("UTF-8", "UTF8"):
        line = text.count("\n", 0, found.start()) + 1 if found else 1
        named = f'names the charset "{found[1]}"' if found else "names no charset"
        yield Problem(file, line, 1, f'the header {named}; write "Content-Type: text/plain; charset=UTF-8\\n"')


def _key(entry: polib.POEntry) -> Key:
    return (entry.msgctxt or "", entry.msgid)


def make_header(note: str, language: str, day: str, plural_forms: str) -> dict[str, str]:
    """Make the header of a new catalogue, dated as the note is, so that it does not depend on the day."""
    return {
        "Project-Id-Version": f"briefnote {note}",
        "PO-Revision-Date": f"{day} 00:00+0000",
        "Last-Translator": "Briefnote",
        "Language-Team": language,
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plural_forms or "nplurals=2; plural=(n != 1);",
        "X-Source-Language": "en",
    }


def describe_refresh(file: str, catalogue: Refreshed) -> str:
    """Say how many messages of a catalogue are new, fuzzy and done."""
    counts = f"{catalogue.new} new, {catalogue.fuzzy} fuzzy, {catalogue.done} done"
    return f"{file}: {counts}" + (f" ({catalogue.obsolete} no longer used)" if catalogue.obsolete else "")


def refresh_catalogue(old: str | None, messages: Iterable[Message], header: Mapping[str, str]) -> Refreshed:
    """Bring a catalogue (None for a new one) up to date with the messages of the source.

    A message that has changed keeps its translation, marked fuzzy, with its previous text; one that is used no more is
    kept as obsolete; a number that has changed changes nothing. What is up to date stays as it is, byte for byte.
    """
    wanted = {message.key: message for message in messages}
    before = polib.pofile(old + "\n") if old is not None else polib.POFile()
    described = _describe(before)
    known: dict[Key, polib.POEntry] = {}
    for entry in sorted(before, key=lambda entry: entry.obsolete):
        known.setdefault(_key(entry), entry)
    spare = {key: entry for key, entry in known.items() if entry.msgstr and key not in wanted}
    pairs = dict(_pair_changed([message for key, message in wanted.items() if key not in known], spare))
    after = polib.POFile(wrapwidth=78)
    after.metadata, after.header = dict(before.metadata) or dict(header), before.header
    after.extend(_renew(message, known.get(key) or pairs.get(key)) for key, message in wanted.items())
    active = list(after)
    taken = {_key(entry) for entry in pairs.values()}
    for key, entry in spare.items():
        if key not in taken:
            entry.obsolete = True
            after.append(entry)
    text = old if old is not None and described == _describe(after) else f"{after}\n"
    fuzzy, new = sum(entry.fuzzy for entry in active), sum(not entry.msgstr for entry in active)
    return Refreshed(text, new, fuzzy, len(active) - fuzzy - new, len(after) - len(active))


def _pair_changed(new: list[Message], spare: Mapping[Key, polib.POEntry]) -> Iterator[tuple[Key, polib.POEntry]]:
    """Pair new messages with former ones that they were made from, the likest first; each is used once."""
    likely = []
    for message in new:
        matcher = SequenceMatcher(None, "", message.text, autojunk=False)
        for key, entry in spare.items():
            matcher.set_seq1(entry.msgid)
            if min(matcher.real_quick_ratio(), matcher.quick_ratio()) >= LIKENESS:
                ratio = matcher.ratio()
                if ratio >= LIKENESS:
                    likely.append((ratio + 0.05 * (key[0] == message.context), message.key, key))
    used: set[Key] = set()
    for _, wanted, former in sorted(likely, reverse=True):
        if wanted not in used and former not in used:
            used |= {wanted, former}
            yield wanted, spare[former]


def _renew(message: Message, origin: polib.POEntry | None) -> polib.POEntry:
    """Make the entry of a message: from the one that it had, or that it was made from, or new."""
    entry = polib.POEntry(msgctxt=message.context, msgid=message.text, occurrences=[(message.file, "")])
    changed = origin is not None and origin.msgid != message.text
    if origin is not None:
        entry.msgstr, entry.flags, entry.tcomment = origin.msgstr, list(origin.flags), origin.tcomment
        if entry.fuzzy:  # it keeps the text that it is a translation of
            entry.previous_msgctxt, entry.previous_msgid = origin.previous_msgctxt, origin.previous_msgid
        elif changed:
            entry.flags.append(FUZZY)
            entry.previous_msgid = origin.msgid
            entry.previous_msgctxt = origin.msgctxt if origin.msgctxt != message.context else None
    entry.flags = [flag for flag in entry.flags if flag != BRACE_FORMAT]
    if PLACEHOLDER.search(message.text):
        entry.flags.append(BRACE_FORMAT)
    entry.comment = "\n".join(_keep_hints(message.hints, origin.comment if origin is not None and not changed else ""))
    return entry


def _keep_hints(hints: Iterable[str], before: str) -> Iterator[str]:
    """Keep what a translator was told of a figure while only its value has changed: new data are no work for them."""
    told = {(found[1], found[2]): line for line in before.split("\n") if (found := HINT.match(line))}
    for hint in hints:
        found = HINT.match(hint)
        yield told.get((found[1], found[2]), hint) if found else hint


def _describe(catalogue: polib.POFile) -> list[tuple[object, ...]]:
    """List all that an entry says, to tell whether anything has changed."""
    return [
        (e.obsolete, e.msgctxt, e.msgid, e.msgstr, sorted(e.flags), e.previous_msgid, e.previous_msgctxt, e.comment,
         e.tcomment, [name for name, _ in e.occurrences])
        for e in catalogue
    ]  # fmt: skip
