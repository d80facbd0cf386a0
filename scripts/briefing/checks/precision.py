"""Find the figures of which rounding leaves nothing: 400,000 printed as "0 million"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from briefing.figures.figure import Figure
from briefing.language.number_formatting import Language, print_figure, round_printed, scale_power
from briefing.language.wordings import say_value
from briefing.problems import Place, Problem

MAX_DIGITS = 6  # as the schema of figures.yaml has it
SCALES = ("billion", "million", "thousand", "")


def check_precision(
    figures: Mapping[str, Figure], places: Mapping[str, Place], language: Language
) -> Iterator[Problem]:
    """Check that no figure that a note prints is zero in print alone; the way out is a format that shows it."""
    for name, figure in figures.items():
        if figure.value and not round_printed(figure):
            remedy = "no digits show it; give it a unit in which it is greater"
            if formatted := _find_format(figure):
                scale = f"scale: {formatted.scale}, " if formatted.scale else ""
                without = "no scale and " if figure.scale and not formatted.scale else ""
                remedy = f"write {without}{scale}digits: {formatted.digits}, which prints {_print(formatted, language)}"
            message = f"figure {name}: {say_value(figure, language)} prints as {_print(figure, language)}; {remedy}"
            yield places[name].report(message)


def _print(figure: Figure, language: Language) -> str:
    return f'"{print_figure(figure, language, "numeral")}"'


def _find_format(figure: Figure) -> Figure | None:
    """Find the format nearest to a figure's own in which its first digit is printed."""
    for scale in SCALES[SCALES.index(figure.scale) :]:
        digits = max(-figure.value.scaleb(-scale_power(scale)).adjusted(), 0)
        if digits <= MAX_DIGITS:
            return replace(figure, scale=scale, digits=digits)
    return None
