"""Figures, languages and units at hand for tests, as the tables that all notes share have them."""

import ast
import functools
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import yaml

from briefing.figures.figure import Figure
from briefing.figures.units import Unit, read_units
from briefing.language.number_formatting import Language
from support.house import ROOT, get_house


@functools.cache
def read_common(name: str) -> Any:
    """Read a table that all notes share."""
    return yaml.safe_load((ROOT / "sources/common" / f"{name}.yaml").read_text("utf-8"))


@functools.cache
def make_language() -> Language:
    """Make the English of the house."""
    return Language("en", "en-GB", read_common("hedges"), read_common("units"), get_house().grammar)


@functools.cache
def make_units() -> dict[str, Unit]:
    """Read the units of the house."""
    return read_units(read_common("units"))


def make_figure(value: str | Decimal, unit: str = "persons", **fields: Any) -> Figure:
    """Make an observed figure."""
    given = {
        "id": "figure",
        "periods": ("2017",),
        "sources": ("worldbank2017",),
        "known_on": "2019-02-11",
        "bound": 0,
        **fields,
    }
    return Figure(label="A figure", value=Decimal(value), unit=unit, **given)


def compute_exactly(formula: str, values: Mapping[str, Fraction]) -> Fraction:
    """Compute a formula in exact fractions, by other means than the package does."""

    def walk(node: ast.AST) -> Fraction:
        match node:
            case ast.Expression(body=body):
                return walk(body)
            case ast.Constant(value=int() | float() as value):
                return Fraction(str(value))
            case ast.Name(id=name):
                return values[name]
            case ast.UnaryOp(operand=operand):
                return -walk(operand)
            case ast.Call(func=ast.Name(id=name), args=[first, second]):
                left, right = walk(first), walk(second)
                results = {"points": left - right, "change": (left - right) / right if name == "change" else left}
                return results.get(name, left / right if name in ("share", "ratio") else left)
            case ast.BinOp(left=first, op=op, right=second):
                left, right = walk(first), walk(second)
                match op:
                    case ast.Add():
                        return left + right
                    case ast.Sub():
                        return left - right
                    case ast.Mult():
                        return left * right
                    case _:
                        return left / right
        raise AssertionError(node)

    return walk(ast.parse(formula.strip(), mode="eval"))
