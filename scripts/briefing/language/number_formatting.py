"""Print figures, numbers, dates and periods as a language writes them (CLDR, through Babel)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from num2words import num2words

from briefing.figures.figure import Figure
from briefing.figures.observations import UNDATED

WIDE = Context(prec=60)  # holds every digit of a product of large figures
SPELLED = 10  # whole numbers up to this one stand in words
FORMS = ("plain", "words", "capital", "ordinal", "numeral", "period")


@dataclass(frozen=True, slots=True)
class Language:
    """How a language writes: its tag, its CLDR locale, the tables of hedges and units, and its grammar.

    The grammar is a table of templates/languages/: plurals of scale words, ordinals, agreement, typography.
    """

    tag: str
    locale: str
    hedges: Mapping[str, Any]
    units: Mapping[str, Any]
    grammar: Mapping[str, Any] = field(default_factory=dict)

    @property
    def cldr(self) -> str:
        """Give the locale as Babel names it."""
        return self.locale.replace("-", "_")

    @property
    def profile(self) -> Mapping[str, Any]:
        """Give the typography of the locale."""
        profile: Mapping[str, Any] = self.grammar.get("profiles", {}).get(self.locale, {})
        return profile

    @property
    def quotes(self) -> tuple[str, ...]:
        """Give the quotation marks: outer ones, then inner ones."""
        return tuple(self.profile.get("quotes", "“”‘’"))

    def apply(self, rules: str, text: str) -> str:
        """Apply the rules of the grammar under a name ("amounts", "wordings") to a text, in order."""
        for rule in self.grammar.get(rules, ()):
            text = re.sub(rule["pattern"], rule["replacement"], text)
        return text


def round_figure(figure: Figure, rounding: str = ROUND_HALF_UP) -> Decimal:
    """Round a figure's value to the digits it is printed with, in its scale (18,000,000 as 18 with scale million)."""
    value = figure.value.scaleb(-scale_power(figure.scale))
    if figure.digits is None:
        return value.normalize()
    # CLDR rounds half to even; readers expect half away from zero, and no minus before a zero.
    rounded = value.quantize(Decimal(1).scaleb(-figure.digits), rounding, WIDE)
    return rounded or abs(rounded)


def round_printed(figure: Figure) -> Decimal:
    """Round a figure as it is printed: a bound to the side on which it stays true."""
    return round_figure(figure, {1: ROUND_FLOOR, -1: ROUND_CEILING}.get(figure.bound or 0, ROUND_HALF_UP))


def scale_power(scale: str) -> int:
    """Give the power of ten of "thousand", "million" or "billion" (0 for no scale)."""
    return {"": 0, "thousand": 3, "million": 6, "billion": 9}[scale]


def print_number(number: Decimal, language: Language, grouping: bool = True) -> str:
    """Print a number with all its digits, grouped as the language does."""
    exponent = number.as_tuple().exponent
    digits = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    pattern = ("#,##0" if grouping else "0") + ("." + "0" * digits if digits else "")
    return _format_decimal(number, pattern, language.cldr)


@lru_cache(maxsize=1 << 12)
def _format_decimal(number: Decimal, pattern: str, locale: str) -> str:
    """Print a number by a pattern, which says how many digits it has; the same one is printed once."""
    return str(format_decimal(number, format=pattern, locale=locale))


def print_figure(figure: Figure, language: Language, form: str = "") -> str:
    """Print a figure in one of `FORMS`, or as its unit asks when no form is given."""
    rounded, unit = round_printed(figure), language.units[figure.unit]
    match form:
        case "period":
            return print_periods(figure.periods, language)
        case "ordinal":
            return print_ordinal(int(rounded), language)
        case "words" | "capital":
            words = str(num2words(rounded, lang=language.tag)) + _name_scale(figure.scale, rounded, language)
            return words[:1].upper() + words[1:] if form == "capital" else words
        case "plain":
            return _print_scaled(rounded, figure.scale, language, unit)
        case "numeral":
            return print_numeral(rounded, figure.scale, figure.unit, language)
        case _:
            return print_amount(rounded, figure.scale, figure.unit, language)


def print_ordinal(number: int, language: Language) -> str:
    """Print an ordinal number: in words up to ten, then in digits with the ending of the language."""
    if number <= SPELLED:
        return str(num2words(number, to="ordinal", lang=language.tag))
    if ending := language.grammar.get("ordinal"):
        return str(ending).replace("{number}", print_number(Decimal(number), language))
    return str(num2words(number, to="ordinal_num", lang=language.tag))


def print_amount(number: Decimal, scale: str, unit: str, language: Language) -> str:
    """Print a number in the style of a unit; small whole numbers of things that are counted stand in words."""
    if language.units[unit].get("words") and not scale and number == int(number) and 0 <= number <= SPELLED:
        return str(num2words(int(number), lang=language.tag))
    return print_numeral(number, scale, unit, language)


def print_numeral(number: Decimal, scale: str, unit: str, language: Language) -> str:
    """Print a number in digits in the style of a unit ("USD 4.3 billion")."""
    row = language.units[unit]
    return language.apply("amounts", row[language.tag].replace("{number}", _print_scaled(number, scale, language, row)))


def _print_scaled(number: Decimal, scale: str, language: Language, unit: Mapping[str, Any]) -> str:
    text = print_number(number, language, unit.get("grouping", True)).replace("-", "\N{MINUS SIGN}")
    # A scale word must not part from its number at the end of a line.
    return text + _name_scale(scale, number, language)


def _name_scale(scale: str, number: Decimal, language: Language) -> str:
    """Name a scale as the number before it asks: "1,8 milliard", "2 milliards"."""
    if not scale:
        return ""
    forms = language.grammar.get("scales", {}).get(scale)
    name = forms.get(plural_form(number, language), forms["other"]) if forms else language.hedges["scales"][scale]["en"]
    return f"\N{NO-BREAK SPACE}{name}"


def plural_form(number: Decimal, language: Language) -> str:
    """Give the plural category of CLDR that a number asks for ("one", "other")."""
    return str(Locale.parse(language.cldr).plural_form(abs(number)))


def print_period(period: str, language: Language) -> str:
    """Print a period: "2017", "January 2019", "2015–2019", or nothing when it is undated."""
    if period == UNDATED:
        return ""
    if "/" in period:
        start, end = period.split("/")
        return language.apply("periods", f"{print_period(start, language)}\N{EN DASH}{print_period(end, language)}")
    if re.fullmatch(r"\d{4}", period):
        return period
    if re.fullmatch(r"\d{4}-\d{2}", period):
        return format_skeleton("yMMMM", date.fromisoformat(period + "-01"), locale=language.cldr)
    return print_date(period, language)


def print_periods(periods: tuple[str, ...], language: Language) -> str:
    """Print the periods of a figure, separated by commas; undated ones are left out."""
    return ", ".join(text for period in periods if (text := print_period(period, language)))


def print_date(day: str, language: Language) -> str:
    """Print an ISO date in the language's long form."""
    return language.apply("dates", format_date(date.fromisoformat(day), format="long", locale=language.cldr))
