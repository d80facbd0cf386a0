"""Take printed text apart into words and marks; how it is spaced, quoted and hyphenated is no matter of its words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from briefing.readers.docx.reading import DELETED, INSERTED, MARK, NOBODY, FileParagraph, Stamp

WORD, WORDS = re.compile(r"\w+|[^\w\s]"), re.compile(r"\w+")
END = "\N{PILCROW SIGN}"
"""What stands between two paragraphs that are read as one text."""
_QUOTE = '"'
STRAIGHT = (_QUOTE, _QUOTE, _QUOTE, _QUOTE)
_PLAIN = {**dict.fromkeys(map(ord, "‘’‚‛‹›"), "'"), **dict.fromkeys(map(ord, "“”„‟«»"), _QUOTE), ord("‑"): "-"}
_FIXED = frozenset("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{FIGURE SPACE}")
_BEFORE_CLOSING = frozenset(".,;:!?…)]%")
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_SAME = {**_PLAIN, **_UNSEEN}
_SIDES = _OPENING, _CLOSING = "«", "»"
_SIDED = {**_SAME, **dict.fromkeys(map(ord, "“„‟«"), _OPENING), **dict.fromkeys(map(ord, "”»"), _CLOSING)}
LOOSE_JOINER = re.compile(r"(?<![^\x00-\u02ff])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\u02ff])")
"""A joiner that joins nothing: of emoji, and of letters beyond Latin, it is a part."""


def normalise(text: str) -> str:
    """Give a text with straight quotes, plain hyphens and letters in one (NFC), without characters that nobody sees."""
    return _normalise(text, _SAME)


def _normalise(text: str, same: Mapping[int, str | None]) -> str:
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFC", text.translate(same))
    return LOOSE_JOINER.sub("", plain) if "\u200c" in plain or "\u200d" in plain else plain


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark: as it is compared, with its link, whether a space stands before it, and who put it in.

    A space that is `fixed` breaks no line. `quote` is how the language writes a quotation mark, "" for all else.
    """

    text: str
    key: tuple[str, str]
    space: bool = False
    stamp: Stamp = NOBODY
    fixed: bool = False
    quote: str = ""

    @property
    def is_word(self) -> bool:
        """Tell whether it is a word, and no mark."""
        return self.text[0].isalnum()


@dataclass(frozen=True, slots=True)
class Deleted:
    """Words that a tracked change takes out, by how many tokens stand before them, and whose change it is."""

    position: int
    text: str
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class TokenRun:
    """The tokens of a paragraph, and the words that tracked changes have taken out of it."""

    tokens: tuple[Token, ...]
    deleted: tuple[Deleted, ...] = ()


def count_each(texts: Iterable[str]) -> Counter[str]:
    """Count each word of some texts, as words are compared."""
    return Counter(word for text in texts for word in WORDS.findall(normalise(text)))


def tokenise(text: str) -> list[Token]:
    """Take a plain text apart."""
    return list(_tokenise([(normalise(text), "", NOBODY)]))


def tokenise_paragraph(
    paragraph: FileParagraph, anchors: Collection[str], quotes: Sequence[str] = STRAIGHT
) -> TokenRun:
    """Take a paragraph apart once all changes are accepted; words under a link are told from others by its anchor.

    Only some anchors count: those that the file has kept. `quotes` are the marks of its language, outer ones first.
    """
    parts: list[tuple[str, str, Stamp]] = []
    deleted = []
    for piece in paragraph.pieces:
        if piece.state == DELETED:
            deleted.append((len(parts), piece))
            continue
        anchor = piece.anchor if piece.anchor in anchors else ""
        stamp = piece.stamp if piece.state == INSERTED else NOBODY
        parts.append((_normalise(piece.text, _SIDED), anchor, stamp))
    counts = {position: len(list(_tokenise(parts[:position]))) for position, _ in deleted}
    return TokenRun(
        tuple(_set_quotes(list(_tokenise(parts)), quotes)),
        tuple(Deleted(counts[position], piece.text, piece.stamp) for position, piece in deleted),
    )


def _tokenise(parts: Sequence[tuple[str, str, Stamp]]) -> Iterable[Token]:
    """Take parts apart that are one text; a word may reach over several, and is of the last that put it in."""
    text = "".join(part for part, _, _ in parts)
    owners: list[tuple[int, str, Stamp]] = []
    position = 0
    for part, anchor, stamp in parts:
        owners.append((position, anchor, stamp))
        position += len(part)
    number, end = 0, 0
    for found in WORD.finditer(text):
        while number + 1 < len(owners) and owners[number + 1][0] <= found.start():
            number += 1
        stamps, anchors = [owners[number][2]], {owners[number][1]}
        following = number + 1
        while following < len(owners) and owners[following][0] < found.end():
            stamps.append(owners[following][2])
            anchors.add(owners[following][1])
            following += 1
        anchor = anchors.pop() if len(anchors) == 1 else ""
        stamp = next((stamp for stamp in reversed(stamps) if stamp != NOBODY), NOBODY)
        is_fixed = found.start() > end and not _FIXED.isdisjoint(text[end : found.start()])
        sided = found[0] if found[0] in _SIDES else ""
        said = _QUOTE if sided else found[0]
        yield Token(said, (said, anchor), found.start() > end, stamp, is_fixed, sided)
        end = found.end()


def _set_quotes(tokens: Sequence[Token], quotes: Sequence[str]) -> Iterable[Token]:
    """Write the quotation marks of a paragraph as its language has them: what opens and what closes, by their places.

    One after a word, where none is open, is the sign of an inch, or of a minute.
    """
    open_sides: list[str] = []
    opened = ""
    for number, token in enumerate(tokens):
        token = replace(token, space=len(opened) > 1) if opened else token
        if token.text != _QUOTE:
            opened = ""
            yield token
            continue
        before, following = tokens[max(number - 1, 0)], tokens[min(number + 1, len(tokens) - 1)]
        is_joined = number > 0 and not token.space and (before.is_word or before.text in _BEFORE_CLOSING)
        is_leading = token.space and ((following.is_word and not following.space) or open_sides[-1:] == [_OPENING])
        opens = not token.quote and (opened or (not is_joined and (not open_sides or is_leading)))
        if token.quote == _OPENING or opens:
            opened = quotes[2 if open_sides else 0]
            open_sides.append(token.quote)
            yield replace(token, quote=opened.strip())
        elif open_sides or token.quote:
            mark, opened = quotes[3 if len(open_sides) > 1 else 1], ""
            del open_sides[-1:]
            yield replace(token, quote=mark.strip(), space=len(mark) > 1)
        else:
            yield token


def write_tokens(tokens: Sequence[Token]) -> str:
    """Write tokens as a text, without the marks of footnotes."""
    kept = [token for token in tokens if token.text != MARK]
    return "".join(
        (" " if token.space and number else "") + (token.quote or token.text) for number, token in enumerate(kept)
    )


def count_typed(tokens: Iterable[Token]) -> int:
    """Count the words among tokens."""
    return sum(token.is_word for token in tokens)
