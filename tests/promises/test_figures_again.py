"""An independent check: every figure computed once more in plain fractions from the CSV, and read back from the note.

Nothing here uses the modules that derive and print figures, but for the edition under test.
"""

import ast
import csv
import io
import re
from fractions import Fraction

import pytest
import yaml

from briefing.document.nodes import FigureUse
from briefing.document.walking import walk_nodes
from support.editions import FOLDERS, make_edition, read_source
from support.house import ROOT

SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}


def read_latest(note: str) -> dict[tuple[str, str], dict[str, str]]:
    """Read the rows known on the as-of date, the latest of each indicator and period, by plain loops."""
    as_of = str(yaml.safe_load(read_source(note, "note.yaml"))["as_of"])
    latest: dict[tuple[str, str], dict[str, str]] = {}
    for row in csv.DictReader(io.StringIO(read_source(note, "observations.csv"))):
        key = (row["indicator"], row["period"])
        if row["known_on"] <= as_of and (key not in latest or row["known_on"] >= latest[key]["known_on"]):
            latest[key] = row
    return latest


def compute_all(note: str) -> dict[str, Fraction]:
    """Compute every figure in its own unit, observed or derived, as a fraction."""
    specs = yaml.safe_load(read_source(note, "figures.yaml"))["figures"]
    table = yaml.safe_load((ROOT / "sources/common/units.yaml").read_text("utf-8"))
    latest = read_latest(note)
    factors: dict[str, Fraction] = {}
    values: dict[str, Fraction] = {}

    def find(name: str) -> Fraction:
        if name in values:
            return values[name]
        spec = specs[name]
        indicator = spec.get("indicator", None if "formula" in spec else name)
        rows = [row for (found, _), row in latest.items() if found == indicator]
        if spec.get("period"):
            rows = [row for row in rows if row["period"] == str(spec["period"])]
        if rows:
            row = max(rows, key=lambda row: row["period"].split("/")[-1] if row["period"] != "undated" else "")
            unit, value = row["unit"], Fraction(row["value"])
        elif "counts" in spec:
            unit, value = "count", Fraction(spec["counts"]["items"])
        else:
            unit = spec["unit"]
            value = walk(ast.parse(str(spec["formula"]).strip(), mode="eval").body) / factor(unit)
        values[name], factors[name] = value, factor(unit)
        return value

    def factor(unit: str) -> Fraction:
        return Fraction(str(table[unit].get("factor", 1)))

    def walk(node: ast.expr) -> Fraction:
        match node:
            case ast.Constant(value=number):
                return Fraction(str(number))
            case ast.Name(id=name):
                return find(name) * factors[name]
            case ast.UnaryOp(operand=operand):
                return -walk(operand)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return walk(left) + walk(right)
            case ast.BinOp(left=left, op=ast.Sub(), right=right):
                return walk(left) - walk(right)
            case ast.BinOp(left=left, op=ast.Mult(), right=right):
                return walk(left) * walk(right)
            case ast.BinOp(left=left, op=ast.Div(), right=right):
                return walk(left) / walk(right)
            case ast.Call(func=ast.Name(id="share" | "ratio"), args=[left, right]):
                return walk(left) / walk(right)
            case ast.Call(func=ast.Name(id="change"), args=[new, old]):
                return walk(new) / walk(old) - 1
            case ast.Call(func=ast.Name(id="points"), args=[new, old]):
                return walk(new) - walk(old)
        raise AssertionError(ast.dump(node))

    for name in specs:
        find(name)
    return values


def round_half_up(value: Fraction, digits: int) -> Fraction:
    """Round half away from zero, in whole numbers."""
    scaled = abs(value) * 10**digits
    rounded = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(rounded if value >= 0 else -rounded, 10**digits)


@pytest.mark.parametrize("note", FOLDERS)
def test_every_figure_is_what_plain_fractions_give_at_printed_precision(note: str) -> None:
    computed, figures = compute_all(note), make_edition(note).figures
    assert computed.keys() == figures.keys()
    for name, figure in figures.items():
        scale = SCALES.get(figure.scale, 1)
        digits = 6 if figure.digits is None else figure.digits
        assert round_half_up(computed[name] / scale, digits) == round_half_up(Fraction(figure.value) / scale, digits), (
            name
        )


@pytest.mark.parametrize("note", FOLDERS)
def test_every_number_that_is_printed_is_the_rounded_fraction(note: str) -> None:
    """Read the numbers back from the text of each use that states the value itself."""
    computed, edition = compute_all(note), make_edition(note)
    read = set()
    for node in walk_nodes(edition.composition.document.blocks):
        if isinstance(node, FigureUse) and node.form in ("", "plain", "numeral"):
            numbers = re.findall(r"\u2212?\d[\d,]*(?:\.\d+)?", node.text)
            figure = edition.figures[node.figure]
            if len(numbers) != 1 or (figure.scale and figure.scale not in node.text):
                continue  # in words, such as "three"
            number = Fraction(numbers[0].replace(",", "").replace("\u2212", "-")) * SCALES.get(figure.scale, 1)
            digits = len(numbers[0].partition(".")[2])
            exact = computed[node.figure] / SCALES.get(figure.scale, 1)
            assert round_half_up(exact, digits) * SCALES.get(figure.scale, 1) == number, (node.figure, node.text)
            read.add(node.figure)
    assert len(read) >= min(3, len(edition.composition.uses))
