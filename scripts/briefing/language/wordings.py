"""Wordings: a figure with a hedge, true or false against the unrounded value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from briefing.figures.figure import Figure
from briefing.language.number_formatting import (
    FORMS,
    WIDE,
    Language,
    print_amount,
    print_numeral,
    round_figure,
    scale_power,
)
from briefing.problems import name_nearest

NUMBER = re.compile(r"(?P<number>\d+(?:[.]\d+)?)(?:\s+(?P<scale>[a-z]+))?")
# A hedge that stands alone takes the printed value, rounded to the side on which it stays true.
ROUNDING = {
    "above": ROUND_FLOOR,
    "at_least": ROUND_FLOOR,
    "just_above": ROUND_FLOOR,
    "below": ROUND_CEILING,
    "at_most": ROUND_CEILING,
    "just_below": ROUND_CEILING,
}
FITTING = Decimal("0.1")  # a quantity farther from the value than this share of it says too little to be offered
FAR = 1000
"""How many times a value can lie beyond a bound before something else was meant: "over 13" of 13 million."""
CAPITAL = "capital"
ENDING = re.compile(rf"\s*\|\s*{CAPITAL}\s*$")  # of a wording that begins a sentence
ALLOWED_BOUNDS = {1: ("above", "at_least"), -1: ("below", "at_most")}


class WordingError(Exception):
    """A wording that cannot be read; the message says what would do."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A hedge with the quantity it states; `quantity` is in the figure's unit, `typed` is the quantity as written."""

    hedge: str
    relation: str
    tolerance: Decimal
    quantity: Decimal
    text: str
    typed: str


def read_form(form: str, figure: Figure, language: Language) -> Wording | None:
    """Read what stands after the bar in `{{ figure | form }}`: a wording, or None for a plain form such as "words".

    A wording that ends in "| capital" begins a sentence.

    This fails with a `WordingError` that names the nearest hedge or form.
    """
    begins, form = ENDING.search(form) is not None, " ".join(ENDING.sub("", form).split())
    if begins and (not form or form in FORMS):
        raise WordingError(f'"| {CAPITAL}" follows a wording, such as over 6000; for the number alone, write {CAPITAL}')
    if not form or form in FORMS:
        return None
    hedges = language.hedges["hedges"]
    hedge = max((name for name in hedges if form == name or form.startswith(name + " ")), key=len, default="")
    if not hedge and form in language.hedges["quantities"]:
        raise WordingError(f'"{form}" needs a hedge before it, such as "about {form}" or "at least {form}"')
    if not hedge:
        small = form[:1].lower() + form[1:]
        if form != small and any(small == name or small.startswith(name + " ") for name in hedges):
            raise WordingError(f'"{form}" has a capital; to begin a sentence, write {small} | {CAPITAL}')
        raise WordingError(
            f'"{form}" is neither a form nor a wording; {name_nearest(form.split(" ")[0], [*hedges, *FORMS])}'
        )
    row = hedges[hedge]
    rest = form[len(hedge) :].strip()
    in_words = bool(rest) and not rest[0].isdigit()
    quantity, text = _read_quantity(rest, figure, language, ROUNDING.get(row["relation"], ROUND_HALF_UP))
    tolerance = Decimal(row.get("words_tolerance" if in_words else "tolerance", "0"))
    said = language.apply("wordings", f"{row[language.tag]} {text}")
    said = said[:1].upper() + said[1:] if begins else said
    return Wording(hedge, row["relation"], tolerance, quantity, said, rest)


def drop_capital(form: str) -> str:
    """Give a form as it stands within a sentence."""
    return "words" if form == CAPITAL else ENDING.sub("", form)


def _read_quantity(text: str, figure: Figure, language: Language, rounding: str) -> tuple[Decimal, str]:
    """Read the quantity after a hedge: nothing (the value, rounded), a number with or without scale, or words."""
    if not text:
        rounded = round_figure(figure, rounding)
        return rounded.scaleb(scale_power(figure.scale)), print_amount(rounded, figure.scale, figure.unit, language)
    if row := language.hedges["quantities"].get(text):
        return _read_words(row, figure.unit, language), row[language.tag]
    match = NUMBER.fullmatch(text)
    scales = language.hedges["scales"]
    if not match or (match["scale"] and match["scale"] not in scales):
        known = [*language.hedges["quantities"], *scales]
        raise WordingError(
            f'"{text}" is not a quantity; expected a number such as 6000 or 446 billion, or words; '
            f"{name_nearest(text, known)}"
        )
    number, scale = Decimal(match["number"]), match["scale"] or ""
    return number.scaleb(scale_power(scale)), print_amount(number, scale, figure.unit, language)


def _read_words(row: Mapping[str, Any], unit: str, language: Language) -> Decimal:
    """Give the value of a quantity in words ("a third") in the unit of a figure, such as per cent."""
    share = Fraction(str(row.get("share", row.get("times")))) / Fraction(str(language.units[unit].get("factor", 1)))
    return Decimal(share.numerator) / Decimal(share.denominator)


def is_true(wording: Wording, figure: Figure) -> bool:
    """Tell whether a wording holds for the unrounded value, and for the side on which a bounded value is known."""
    return _holds(wording.relation, figure, wording.quantity, wording.tolerance)


def says_nothing(wording: Wording, figure: Figure) -> bool:
    """Tell whether a wording says nothing of a value: it speaks of zero ("over 0 million"), or of a bound far away."""
    if not figure.value:
        return False
    if not wording.typed:
        return not wording.quantity
    value, quantity = abs(figure.value), abs(wording.quantity)
    is_far = {"above": value > quantity * FAR, "at_least": value > quantity * FAR,
              "below": quantity > value * FAR, "at_most": quantity > value * FAR}  # fmt: skip
    return bool(quantity) and is_far.get(wording.relation, False)


def _holds(relation: str, figure: Figure, quantity: Decimal, tolerance: Decimal) -> bool:
    value, bound = figure.value, figure.bound
    if bound is None or (bound and relation not in ALLOWED_BOUNDS[bound]):
        return False
    margin = abs(quantity) * tolerance
    match relation:
        case "above":
            return value > quantity or (bound == 1 and value == quantity)
        case "below":
            return value < quantity or (bound == -1 and value == quantity)
        case "at_least":
            return value >= quantity
        case "at_most":
            return value <= quantity
        case "near":
            return abs(value - quantity) <= margin
        case "just_above":
            return quantity < value <= quantity + margin
        case "just_below":
            return quantity - margin <= value < quantity
    raise ValueError(f"the hedge table has an unknown relation {relation}")


def say_value(figure: Figure, language: Language) -> str:
    """Say a figure's present value, exact, and what is known of a bound."""
    exact = print_numeral(WIDE.normalize(WIDE.quantize(figure.value, Decimal("0.0001"))), "", figure.unit, language)
    side = {1: " (a lower bound)", -1: " (an upper bound)", None: " (bounded on no known side)"}.get(figure.bound, "")
    return exact + side


def suggest_wordings(wording: Wording, figure: Figure, language: Language) -> list[str]:
    """Suggest forms that would be true: the same hedge with a number or words that fit, other hedges with the same."""
    hedges, words = language.hedges["hedges"], language.hedges["quantities"]

    def holds(hedge: str, quantity: Decimal, tolerance: str = "tolerance") -> bool:
        return _holds(hedges[hedge]["relation"], figure, quantity, Decimal(hedges[hedge].get(tolerance, "0")))

    same_kind = {name: row for name, row in words.items() if row.keys() == words.get(wording.typed, {}).keys()}
    distances = {name: abs(_read_words(row, figure.unit, language) - figure.value) for name, row in same_kind.items()}
    in_words = [
        f"{wording.hedge} {name}"
        for name in sorted(distances, key=lambda name: distances[name])[:2]
        if holds(wording.hedge, _read_words(words[name], figure.unit, language), "words_tolerance")
    ]
    in_numbers = [
        f"{wording.hedge} {_type_number(number)}"
        for number in sorted(_list_round_numbers(wording, figure), key=lambda number: abs(number - figure.value))
        if holds(wording.hedge, number)
    ]
    is_near = abs(figure.value - wording.quantity) <= abs(wording.quantity) * FITTING
    # Of hedges that promise the same, such as “under” and “fewer than”, one is enough.
    same_quantity = {
        hedges[name]["relation"]: f"{name} {wording.typed}"
        for name in reversed(hedges)
        if wording.typed and holds(name, wording.quantity) and (is_near or not (in_words or in_numbers))
    }
    return list(dict.fromkeys([*in_words, *in_numbers, *reversed(same_quantity.values())]))[:6]


def _list_round_numbers(wording: Wording, figure: Figure) -> Iterator[Decimal]:
    """List numbers near the value, of one and of two significant digits, on the side that its hedge needs."""
    if figure.value <= 0:
        return  # wordings have no sign
    roundings = {"near": ROUND_HALF_UP, **dict.fromkeys(("above", "at_least", "just_above"), ROUND_FLOOR)}
    rounding = roundings.get(wording.relation, ROUND_CEILING)
    for digits in (1, 2):
        step = Decimal(1).scaleb(figure.value.adjusted() - digits + 1)
        yield (figure.value / step).to_integral_value(rounding) * step


def _type_number(number: Decimal) -> str:
    """Give a number as an editor would type it in a wording: "446 billion", "5800", "12.5"."""
    for scale, power in (("billion", 9), ("million", 6)):
        if abs(number) >= Decimal(1).scaleb(power):
            return f"{format(number.scaleb(-power).normalize(), 'f')} {scale}"
    return format(number.normalize(), "f")
