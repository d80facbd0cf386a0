"""Say why a cell is no number, as publishers and spreadsheets write them, and which number to write instead."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
MAX_DIGITS = 30

_PLAIN = r"-?[0-9]+(?:\.[0-9]+)?"
_SEPARATORS = "\u00a0\u2009\u202f '’_"
_GROUPED = re.compile(
    rf"-?[1-9][0-9]{{0,2}}(?:(?:[,.{_SEPARATORS}][0-9]{{3}}){{2,}}|(?:[{_SEPARATORS},][0-9]{{3}})+)(?:[.,][0-9]+)?"
)
# What a word or letter behind a number multiplies it by.
_MULTIPLES = {
    "thousand": 3, "k": 3, "million": 6, "millions": 6, "mio": 6, "mn": 6, "m": 6, "bn": 9, "billion": 9,
    "billions": 9, "mrd": 9, "milliard": 9, "milliards": 9, "tn": 12, "trillion": 12,
}  # fmt: skip
_MULTIPLE = re.compile(rf"({_PLAIN}|-?[0-9]+,[0-9]+) ?({'|'.join(_MULTIPLES)})\.?", re.IGNORECASE)
# Flags that publishers put behind a value, and what they mean.
_FLAGS = {
    "e": "an estimate", "est": "an estimate", "est.": "an estimate", "s": "an estimate of the publisher",
    "p": "provisional", "b": "a break in the series", "r": "revised", "u": "of low reliability",
    "f": "a forecast", "i": "imputed", "d": "of another definition",
}  # fmt: skip
_STATUSES = {"e": "E", "est": "E", "est.": "E", "s": "E", "f": "E", "i": "E", "u": "U"}
_FLAGGED = re.compile(rf"({_PLAIN}) ?\(?({'|'.join(map(re.escape, _FLAGS))})\)?", re.IGNORECASE)

_ABSENT = "stands for no value; leave the row out, for a row states what was measured"
NO_VALUE = re.compile(
    r"#?n/?a!?|n\. ?a\.|n\. ?d\.|nd|s\. ?d\.|nan|null|none|nil|missing|-?inf(inity)?|#\w+[!?]?|#div/0!"
    r"|\. ?\.( ?\.)?"
    r"|…|:( ?[a-z])?|[-–—−]|x{1,3}|\?|‡|†",
    re.IGNORECASE,
)


def explain_value(cell: str) -> str:
    """Say why a cell is no number, and what to write instead, or nothing where it is one."""
    if NUMBER.fullmatch(cell):
        return f"has more than {MAX_DIGITS} digits; write what was measured" if len(cell) > MAX_DIGITS else ""
    if not cell:
        return "is empty and must not be; write the value, or remove the row"
    if any(character.isdigit() and not character.isascii() and character not in "⁰¹²³⁴⁵⁶⁷⁸⁹" for character in cell):
        return "has digits of another script; write them as 0 to 9"
    for pattern, explain in SLIPS:
        if found := pattern.fullmatch(cell):
            return explain(found)
    return "is no number; write it plainly, such as 12.4"


def _say(words: str, more: str = "") -> Callable[[re.Match[str]], str]:
    """Say the same whatever the cell; where its number can be read, that is what to write."""

    def explain(found: re.Match[str]) -> str:
        number = next((_read(group) for group in found.groups() if group and _read(group)), "")
        return f"{words}; write {number or 'the number'}{more}"

    return explain


def _read(text: str) -> str:
    """Read a number with a point or a comma, or with thousands marks, as plain digits; "" where there is none."""
    text = re.sub(f"[{_SEPARATORS}]", "", text.strip()).replace("−", "-").replace("–", "-")
    if text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    try:
        return _plain(Decimal(text))
    except InvalidOperation:
        return ""


def _plain(number: Decimal) -> str:
    return format(number, "f") if number.is_finite() else ""


def _explain_groups(found: re.Match[str]) -> str:
    text = found[0]
    whole, mark, part = re.fullmatch(r"(.*?[^0-9][0-9]{3})(?:([.,])([0-9]+))?", text, re.DOTALL).groups()  # type: ignore[union-attr]
    if mark and re.search(re.escape(mark), whole):  # the mark between the groups is no decimal one
        whole, mark, part = text, None, None
    digits = re.sub(r"[^0-9-]", "", whole) + (f".{part}" if part else "")
    doubt = ""
    if not mark and re.fullmatch(r"-?[0-9]{1,3},[0-9]{3}", text):
        doubt = f", or {text.replace(',', '.')} if the comma is a decimal one"
    return f"has thousands marks; write {digits}{doubt}"


def _explain_multiple(found: re.Match[str]) -> str:
    number = Decimal(found[1].replace(",", ".")).scaleb(_MULTIPLES[found[2].casefold()])
    digits = _plain(number)
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return f"has a word or letter for a multiple; write all digits, {digits}, if that is what it means"


def _explain_flag(found: re.Match[str]) -> str:
    flag = found[2].casefold()
    if flag == "b":
        billions = _plain(Decimal(found[1]).scaleb(9))
        doubt = "has a letter for billions or for a break in the series"
        return f"{doubt}; write {billions}, or {found[1]} and in comment why"
    status = _STATUSES.get(flag, "")
    more = f"with the status {status}" if status else "and say so in comment"
    return f"has a flag that means {_FLAGS[flag]}; write {found[1]}, {more}"


def _explain_scientific(found: re.Match[str]) -> str:
    return f"is in scientific notation, which drops digits; write them all, such as {_read(found[0])}"


def _explain_hedge(found: re.Match[str]) -> str:
    status = {"<": " with the status T (less than)", ">": " with the status L (over)"}.get(found[1], "")
    remedy = "" if status else " and say by its status (L above, T below) what is known"
    return f"has a hedge; write {_read(found[2]) or 'the number'}{status}{remedy}"


def _explain_brackets(found: re.Match[str]) -> str:
    number = _read(found[1]) or found[1]
    return (
        "is in brackets, which accountants write for what is below zero and others for what is uncertain; "
        f"write -{number}, or {number} with the status U"
    )


_ANY = rf"{_PLAIN}|-?[0-9]+,[0-9]+"
# Each slip by how it looks, and what is said of it; the first that fits is told.
SLIPS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"=.*"), lambda _: "is a formula; paste its value instead"),
    (
        re.compile(r"'(.*)"),
        _say("starts with the quotation mark that makes a spreadsheet take it for text", " without the mark"),
    ),
    (re.compile(r"\*"), lambda _: f"is how UNHCR keeps back a number from 1 to 4, and {_ABSENT}"),
    (NO_VALUE, lambda _: _ABSENT),
    (re.compile(rf"({_ANY}) ?%"), _say("has a per cent sign", " alone, the unit is in the next column")),
    (
        re.compile(r"(?:USD|EUR|FCFA|XOF|[$€£]) ?(.*)|(.*?) ?(?:USD|EUR|FCFA|XOF|[$€£])"),
        _say("has its currency in the cell", " alone, the unit is in the next column"),
    ),
    (_GROUPED, _explain_groups),
    (re.compile(r"(-?[0-9]*,[0-9]+)"), _say("has a decimal comma")),
    (re.compile(r"-?[0-9.]+[eE][-+]?[0-9]+"), _explain_scientific),
    (re.compile(r"([−–—‐‑][0-9.]+)"), lambda m: f"has a dash for its minus; write -{m[1][1:]} with a hyphen"),
    (re.compile(r"\(([0-9.,]+)\)"), _explain_brackets),
    (
        re.compile(rf"\[({_ANY})\]"),
        _say("is in square brackets, as SIPRI marks its own estimates", " with the status E"),
    ),
    (re.compile(r"[+]([0-9.]+)"), _say("has a plus sign", " alone")),
    (re.compile(r"([<>≤≥~≈]) ?(.*)"), _explain_hedge),
    (_MULTIPLE, _explain_multiple),
    (_FLAGGED, _explain_flag),
    (
        re.compile(rf"({_PLAIN}) ?(?:\[?[a-z0-9]{{1,2}}[\])]|[a-z]|[*†‡¹²³⁴-⁹]+)"),
        _say("has the mark of a footnote", ", and what the note says in comment"),
    ),
    (
        re.compile(r"[0-9]+ ?[-–/] ?[0-9]+"),
        lambda _: "is a range; write one number, and say in comment how it was chosen",
    ),
    (re.compile(r"[0-9.,]+ ?[a-z]+.*", re.IGNORECASE), lambda _: "has words in it; write all digits, such as 1200000"),
)
