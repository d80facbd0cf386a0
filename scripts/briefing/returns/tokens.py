"""Take printed text apart into words and marks; how it is spaced, quoted and hyphenated is no matter of its words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from briefing.readers.docx.reading import DELETED, INSERTED, MARK, NOBODY, FileParagraph, Stamp

WORD, WORDS = re.compile(r"\w+|[^\w\s]"), re.compile(r"\w+")
END = "\N{PILCROW SIGN}"
"""What stands between two paragraphs that are read as one text."""
_PLAIN = {ord(old): new for old, new in zip("‘’‚‛“”„‟‑", "''''\"\"\"\"-", strict=True)}
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_SAME = {**_PLAIN, **_UNSEEN}
_LOOSE = re.compile(r"(?<![^\x00-\u02ff])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\u02ff])")
"""A joiner that joins nothing: of emoji, and of letters beyond Latin, it is a part."""


def normalise(text: str) -> str:
    """Give a text with straight quotes, plain hyphens and letters in one (NFC), without characters that nobody sees."""
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFC", text.translate(_SAME))
    return _LOOSE.sub("", plain) if "\u200c" in plain or "\u200d" in plain else plain


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark: as it is written, as it is compared, whether a space stands before it, and who put it in."""

    text: str
    key: tuple[str, str]
    space: bool = False
    stamp: Stamp = NOBODY

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


def tokenise_paragraph(paragraph: FileParagraph, anchors: Collection[str]) -> TokenRun:
    """Take a paragraph apart once all changes are accepted; words under a link are told from others by its anchor.

    Only some anchors count: those that the file has kept.
    """
    parts: list[tuple[str, str, Stamp]] = []
    deleted = []
    for piece in paragraph.pieces:
        if piece.state == DELETED:
            deleted.append((len(parts), piece))
            continue
        anchor = piece.anchor if piece.anchor in anchors else ""
        stamp = piece.stamp if piece.state == INSERTED else NOBODY
        parts.append((normalise(piece.text), anchor, stamp))
    counts = {position: len(list(_tokenise(parts[:position]))) for position, _ in deleted}
    return TokenRun(
        tuple(_tokenise(parts)),
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
        yield Token(found[0], (found[0], anchor), found.start() > end, stamp)
        end = found.end()


def write_tokens(tokens: Sequence[Token]) -> str:
    """Write tokens as a text, without the marks of footnotes."""
    kept = [token for token in tokens if token.text != MARK]
    return "".join((" " if token.space and number else "") + token.text for number, token in enumerate(kept))


def count_typed(tokens: Iterable[Token]) -> int:
    """Count the words among tokens."""
    return sum(token.is_word for token in tokens)
