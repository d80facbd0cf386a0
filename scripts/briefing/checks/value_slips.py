"""Say why a cell is no number, in the words of the slip that most likely made it, and what to write instead.

A number is named only where it can be told from the cell; where it could be one of two, both are named.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
MAX_DIGITS = 30
MAX_CELL = 80  # nothing longer is a number with a slip
SPACES = " \u00a0\u2007\u2009\u202f"
DASHES = "−–—‐‑‒"
# What statistics offices write where they have no number, with what it says.
NO_VALUE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"#div/0!|#\w+[!?]?|[-+]?inf(inity)?|nan", re.IGNORECASE), "the result of a formula that failed"),
    (re.compile(r"xx+", re.IGNORECASE), "SIPRI: the country did not exist"),
    (re.compile(r"\*+"), "UNHCR: 1 to 4, kept back"),
    (re.compile(r":\s*[a-z]{0,2}", re.IGNORECASE), "Eurostat: not available or kept back"),
    (re.compile(r"\.|(\.\s*){2,4}|…+"), "SIPRI, UNDP, World Bank: not available"),
    (re.compile(r"#?n[./\s]*[aded]\.?!?|s\.?\s?d\.?|n\.?\s?(k|s)\.?|null|none|no data|unknown|missing|not \w+",
                re.IGNORECASE), "not available"),
    (re.compile(r"[x?¿_/]", re.IGNORECASE), "not available"),
)  # fmt: skip
DASH = re.compile(rf"[-{DASHES}]{{1,3}}|nil", re.IGNORECASE)
ROW_OUT = "leave the row out, for a row states what was measured"
POWERS = {
    "k": 3, "tsd": 3, "thousand": 3, "thousands": 3, "lakh": 5, "m": 6, "mm": 6, "mn": 6, "mln": 6, "mio": 6, "mill": 6,
    "million": 6, "millions": 6, "crore": 7, "b": 9, "bn": 9, "bln": 9, "mrd": 9, "md": 9, "milliard": 9,
    "milliards": 9, "billion": 9, "billions": 9, "tn": 12, "trn": 12, "trillion": 12, "trillions": 12,
}  # fmt: skip
STATUSES = {"e": "E", "s": "E", "est": "E", "estimate": "E", "estimated": "E", "u": "U"}  # Eurostat's flags, and SIPRI
CURRENCY = r"(?:US|A|C|CFA )?[$€£¥]|USD|EUR|GBP|CHF|XOF|XAF|F?CFA|[A-Z]{3}"
HEDGES = {
    "E": r"[~≈≃±]|about|around|approx(imately)?\.?|ca?\.|ca|circa|roughly|nearly|almost|est\.?",
    "L": r"[>≥]=?|over|more than|above|at least|min\.?",
    "T": r"[<≤]=?|under|less than|fewer than|below|up to|at most|max\.?",
}
MARK = r"[*†‡§¶#¹²³⁰⁴-⁹ᵃ-ᵛʰ-ʸ]+|\[[^\[\]]{1,12}\]|\([^()]{1,12}\)|[a-z]{1,2}\)?(?:, ?[a-z]\)?)*"
GROUPED = re.compile(rf"([1-9][0-9]{{0,2}})(?:([{SPACES}.,'’_])[0-9]{{3}})(?:\2[0-9]{{3}})*(?:[.,][0-9]+)?")
LAKHS = re.compile(r"[1-9][0-9]?(,[0-9]{2})*,[0-9]{3}(\.[0-9]+)?")


class Slip(NamedTuple):
    """How a slip looks, what is wrong, and what to write, if that can be told from what the pattern finds."""

    pattern: re.Pattern[str]
    what: str
    remedy: Callable[[re.Match[str]], str]


def explain_value(cell: str) -> str:
    """Say why a cell is no number, or nothing where it is one."""
    if NUMBER.fullmatch(cell):
        return "" if len(cell) <= MAX_DIGITS else f"has more than {MAX_DIGITS} digits; write what was measured"
    if not cell:
        return "is empty and must not be; write the value, or remove the row"
    if stands_for_nothing(cell):
        return _explain_nothing(cell)
    for slip in SLIPS if len(cell) <= MAX_CELL else ():
        if found := slip.pattern.fullmatch(cell):
            return f"{slip.what}; {slip.remedy(found)}"
    return f"is no number; {_write(cell, otherwise='write it plainly, such as 12.4')}"


def stands_for_nothing(cell: str) -> bool:
    """Tell whether a cell is one of the marks that stand for no value."""
    return bool(DASH.fullmatch(cell)) or any(pattern.fullmatch(cell) for pattern, _ in NO_VALUE)


def _explain_nothing(cell: str) -> str:
    if DASH.fullmatch(cell):
        return (
            "stands for no value, or for zero (the notes of its table say which); write 0 where it is zero, else "
            f"{ROW_OUT}"
        )
    meaning = next(meaning for pattern, meaning in NO_VALUE if pattern.fullmatch(cell))
    return f"stands for no value ({meaning}); {ROW_OUT}"


def read_amount(text: str) -> str:
    """Read a number as people write it: with thousands marks, a decimal comma, a word that multiplies; "" for none."""
    text = text.strip(SPACES)
    if text[:1] in ("-", *DASHES):
        rest = read_amount(text[1:]) if text[1:2] not in ("-", *DASHES) else ""
        return f"-{rest}" if rest and not rest.startswith("-") else ""
    if parts := re.fullmatch(rf"([0-9][0-9.,'’_{SPACES}]*?)[{SPACES}]*([A-Za-z]+)\.?", text):
        power, number = POWERS.get(parts[2].lower()), read_amount(parts[1])
        return f"{Decimal(number).scaleb(power).normalize():f}" if power and number else ""
    if NUMBER.fullmatch(text):
        return text
    if found := GROUPED.fullmatch(text):
        whole, _, fraction = _split(text, found[2])
        return whole + (f".{fraction}" if fraction else "")
    if LAKHS.fullmatch(text):
        return text.replace(",", "")
    if re.fullmatch(r"[0-9]*,[0-9]+", text):
        return f"{text.partition(',')[0] or '0'}.{text.partition(',')[2]}"
    if re.fullmatch(r"[0-9]*\.[0-9]*", text) and text != ".":
        return f"{text.partition('.')[0] or '0'}.{text.partition('.')[2] or '0'}"
    return ""


def _split(text: str, mark: str) -> tuple[str, str, str]:
    """Part a grouped number at its decimal mark, which is another than the one between its groups."""
    head, tail = text, ""
    for decimal in (".", ","):
        if decimal != mark and decimal in text:
            head, _, tail = text.rpartition(decimal)
    return re.sub(r"[^0-9]", "", head), mark, tail


def _write(text: str, after: str = "", otherwise: str = "write the number alone") -> str:
    """Say what number to write, and what to do besides."""
    number = read_amount(text)
    return f"write {number}{after}" if number else otherwise


def _write_digits(found: re.Match[str]) -> str:
    """Say what a grouped number is; one comma before three digits may also be a decimal one."""
    number, cell = read_amount(found[0]), found[0]
    plain = f"write {number}" if number else "write the digits without them"
    doubtful = re.fullmatch(r"-?[0-9]{1,3},[0-9]{3}", cell)
    return f"{plain}, or {cell.replace(',', '.')} if the comma is a decimal one" if doubtful else plain


def _write_flagged(found: re.Match[str]) -> str:
    """Say what to write for a number with a mark behind it, and where the mark goes."""
    mark = found[2].strip("[]().").lower()
    if mark == "b" and found[2] == "b":  # a break in the series for Eurostat, a billion for others
        return f"write {read_amount(found[0])}, or {read_amount(found[1])} and in comment why"
    if status := STATUSES.get(mark):
        return _write(found[1], f", with the status {status}")
    return _write(found[1], ", and in comment what the mark says", "remove it, say it in comment")


def _write_digits_of_script(found: re.Match[str]) -> str:
    plain = "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in found[0])
    return _write(plain.translate(str.maketrans("٫٬．，", ".,.,")), otherwise="write them as 0 to 9")


def _write_hedged(status: str) -> Callable[[re.Match[str]], str]:
    sides = {"E": "estimated", "L": "the true value lies above", "T": "the true value lies below"}
    return lambda found: _write(found["rest"], f", with the status {status} ({sides[status]})")


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_AMOUNT = rf"[-{DASHES}]?[{SPACES}]?[0-9.,][0-9.,'’_{SPACES}]*"
# The first that fits is told.
SLIPS: tuple[Slip, ...] = (
    Slip(_compile(r'="?([^"]*?)"?'), "is a formula", lambda m: _write(m[1], otherwise="paste its value instead")),
    Slip(
        _compile(r"'(.*)"),
        "starts with the quotation mark that makes a spreadsheet take it for text",
        lambda m: _write(m[1], " without the mark", "remove the mark"),
    ),
    Slip(_compile(r"[\"“”«](.*?)[\"“”»]"), "has quotation marks", lambda m: _write(m[1], otherwise="remove them")),
    Slip(
        _compile(rf"({_AMOUNT})[{SPACES}]*(?:%|‰|per ?cent|percent|pct\.?|p\.c\.)"),
        "has a per cent sign",
        lambda m: _write(m[1], ", the number alone; the unit is in the next column"),
    ),
    *(
        Slip(_compile(rf"(?:{words})[{SPACES}]*(?P<rest>.*[0-9].*)"), "has a hedge", _write_hedged(status))
        for status, words in HEDGES.items()
    ),
    Slip(
        re.compile(rf"(?:{CURRENCY})[{SPACES}]*(?P<before>.*)|(?P<after>.*?)[{SPACES}]*(?:{CURRENCY})"),
        "has its currency in the cell",
        lambda m: _write(m["before"] or m["after"] or "", ", the number alone; the unit is in the next column"),
    ),
    Slip(
        _compile(r"-?0,[0-9]+|-?[0-9]*,(?![0-9]{3}$)[0-9]+|-?[0-9]{4,},[0-9]+"),
        "has a decimal comma",
        lambda m: _write(m[0], " with a point"),
    ),
    Slip(_compile(rf"-?(?:{GROUPED.pattern}|{LAKHS.pattern}|[0-9]{{1,3}}(?:[{SPACES}.,'’_][0-9]{{3}})+(?:[.,][0-9]+)?)"),
         "has thousands marks", _write_digits),
    Slip(
        _compile(r"-?[0-9]+(?:\.[0-9]*)?e[-+]?[0-9]{1,2}"),
        "is in scientific notation, which drops digits",
        lambda m: f"write them all, such as {Decimal(m[0]):f} if the source has no more",
    ),
    Slip(_compile(rf"[{DASHES}][{SPACES}]*([0-9.,]+)|-[{SPACES}]+([0-9.,]+)"), "has a dash for its minus",
         lambda m: _write("-" + (m[1] or m[2]), " with a hyphen")),
    Slip(_compile(r"([0-9.,]+)[-−–]"), "has its minus behind", lambda m: _write("-" + m[1])),
    Slip(
        _compile(r"\(([0-9.,'’ ]+)\)"),
        "is in brackets, as accountants write what is below zero and SIPRI what is uncertain",
        lambda m: f"{_write('-' + m[1])}, or {read_amount(m[1])} with the status U",
    ),
    Slip(
        _compile(r"\[(.*)\]"),
        "is in square brackets, as SIPRI and others mark what they have estimated",
        lambda m: _write(m[1], " with the status E"),
    ),
    Slip(_compile(r"[+](.*)"), "has a plus sign", lambda m: _write(m[1])),
    Slip(
        _compile(rf"({_AMOUNT}?)[{SPACES}]*(?!b\b)(?:{'|'.join(sorted(POWERS, key=len, reverse=True))})\.?"),
        "has a word or letter for a multiple",
        lambda m: f"write all digits, {read_amount(m[0]) or 'such as 1200000'}, if that is what it means",
    ),
    Slip(re.compile(rf"([0-9.,]+)[{SPACES}]+(\[?[0-9]{{1,2}}[\])])"), "has the mark of a footnote", _write_flagged),
    # Where the mark itself begins with a digit, none can say where the number ends.
    Slip(_compile(r"[0-9.,]+[0-9]\)"), "has the mark of a footnote", lambda m: "remove it, say it in comment"),
    Slip(_compile(rf"({_AMOUNT}?)[{SPACES}]*({MARK}\.?)"), "has the mark of a footnote or a flag", _write_flagged),
    Slip(
        _compile(rf"({_AMOUNT}?)[{SPACES}]*[a-z].*"),
        "has words in it",
        lambda m: _write(m[1], " if the words only name its unit, else all digits", "write the number in digits"),
    ),
    Slip(
        _compile(r"[0-9.,]+ ?[-–/] ?[0-9.,]+"),
        "is a range",
        lambda m: "write one number, and say in comment how it was chosen",
    ),
    Slip(re.compile(r"(?=.*(?![0-9])\d).*"), "has digits of another script", _write_digits_of_script),
)  # fmt: skip
