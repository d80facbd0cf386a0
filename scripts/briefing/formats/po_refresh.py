"""Bring a message catalogue up to date with its source: a translator sees what is new and what has changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

import polib

from briefing.formats.po_catalogue import FUZZY, PLACEHOLDER, Key, Message, key_entry, parse_entries

BRACE_FORMAT = "python-brace-format"
LIKENESS = 0.6  # how alike two messages are, from 0 to 1, for a translation to be offered for mending


@dataclass(frozen=True, slots=True)
class Refreshed:
    """A refreshed catalogue as text, with how many of its messages are new, fuzzy, done, and no longer used."""

    text: str
    new: int
    fuzzy: int
    done: int
    obsolete: int


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
    before = parse_entries(old) if old is not None else polib.POFile()
    described = _describe(before)
    known: dict[Key, polib.POEntry] = {}
    for entry in sorted(before, key=lambda entry: entry.obsolete):
        known.setdefault(key_entry(entry), entry)
    bare = {text: entry for (context, text), entry in known.items() if not context}  # as some tools write all of them
    found = {key: origin for key in wanted if (origin := known.get(key) or bare.get(key[1]))}
    kept = {key_entry(entry) for entry in found.values()}
    spare = {key: entry for key, entry in known.items() if entry.msgstr and key not in kept}
    pairs = dict(_pair_changed([message for key, message in wanted.items() if key not in found], spare))
    after = polib.POFile(wrapwidth=78)
    after.metadata, after.header = dict(before.metadata) or dict(header), before.header
    after.extend(_renew(message, found.get(key) or pairs.get(key)) for key, message in wanted.items())
    active = list(after)
    taken = {key_entry(entry) for entry in pairs.values()}
    for key, entry in spare.items():
        if key not in taken:
            entry.obsolete = True
            after.append(entry)
    text = old if old is not None and described == _describe(after) else str(after).rstrip("\n") + "\n"
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
    entry.comment = "\n".join(message.hints)
    return entry


def _describe(catalogue: polib.POFile) -> list[tuple[object, ...]]:
    """List all that an entry says, to tell whether anything has changed."""
    return [
        (e.obsolete, e.msgctxt, e.msgid, e.msgstr, sorted(e.flags), e.previous_msgid, e.previous_msgctxt, e.comment,
         e.tcomment, [name for name, _ in e.occurrences])
        for e in catalogue
    ]  # fmt: skip
