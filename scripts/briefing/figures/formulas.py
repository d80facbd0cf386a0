"""Evaluate the formulas of derived figures: arithmetic on figures, in Decimal, with units and bounds."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation, localcontext

from briefing.figures.units import Dimension, combine_dimensions, describe_dimension
from briefing.problems import name_nearest

CALENDAR: Dimension = (("calendar", 1),)
YEARS: Dimension = (("year", 1),)
MAX_LENGTH = 500
MAX_DEPTH = 20


class FormulaError(Exception):
    """A formula that cannot be read or computed; the message says why and what would do.

    `key` is the key of the figure that is to be mended.
    """

    def __init__(self, message: str, key: str = "formula") -> None:
        super().__init__(message)
        self.key = key


class UnitError(FormulaError):
    """A formula whose units do not fit."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value in base units with its dimension; `bound` is 1 if the true value lies above, -1 below, 0 at the value.

    `None` as bound says that inputs bound it from both sides, so that nothing can be said. `crosses` says that the
    true value may lie on the other side of zero, as a difference may; what is measured keeps its sign.
    """

    value: Decimal
    dimension: Dimension = ()
    bound: int | None = 0
    crosses: bool = False


def list_names(formula: str) -> tuple[str, ...]:
    """List the figures that a formula names, in order of appearance, each once."""
    tree = _parse(formula)
    functions = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and id(node) not in functions]
    names.sort(key=lambda node: (node.lineno, node.col_offset))
    return tuple(dict.fromkeys(node.id for node in names))


def evaluate_formula(formula: str, quantities: Mapping[str, Quantity]) -> Quantity:
    """Evaluate a formula over named quantities.

    Known are + - * / parentheses, numbers, figure ids, and the functions of `FUNCTIONS`. This fails with a
    `FormulaError` for anything else, for units that do not fit, and for a division by zero.
    """
    with localcontext() as context:
        context.prec = 34
        try:
            return _evaluate(_parse(formula).body, quantities)
        except (DivisionByZero, InvalidOperation):
            raise FormulaError("the formula divides by zero; check its inputs") from None


def find_double_factors(formula: str, factors: Collection[Decimal]) -> tuple[str, str] | None:
    """Find a number that does by hand what a unit does by its factor, such as 100 for "%".

    Give the number and the formula without it, which is what is meant; a whole of 100 that is added to is 1.
    """
    remover = _FactorRemover(factors)
    mended = ast.unparse(remover.visit(_parse(formula)))
    return (remover.found, mended) if remover.found else None


class _FactorRemover(ast.NodeTransformer):
    """Removes from a formula the numbers that are factors of units, or undo them, and keeps the first."""

    def __init__(self, factors: Collection[Decimal]) -> None:
        self.known = {number for factor in factors for number in (factor, 1 / factor) if factor != 1}
        self.found = ""

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        """Remove a factor on either side."""
        self.generic_visit(node)
        for side, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(side, ast.Constant) and Decimal(str(side.value)) in self.known:
                self.found = self.found or ast.unparse(side)
                if isinstance(node.op, ast.Mult) or (isinstance(node.op, ast.Div) and side is node.right):
                    return other
                side.value = 1
        return node


def _parse(formula: str) -> ast.Expression:
    if len(formula) > MAX_LENGTH:
        raise FormulaError(f"the formula is longer than {MAX_LENGTH} characters; split it into named figures")
    try:
        tree = ast.parse(formula.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise FormulaError(
            f'"{formula}" is not a formula; expected figures joined by + - * / and parentheses'
        ) from None
    if _measure_depth(tree) > MAX_DEPTH:
        raise FormulaError(f"the formula is nested deeper than {MAX_DEPTH}; split it into named figures")
    return tree


def _measure_depth(node: ast.AST) -> int:
    return 1 + max((_measure_depth(child) for child in ast.iter_child_nodes(node)), default=0)


def _evaluate(node: ast.expr, quantities: Mapping[str, Quantity]) -> Quantity:
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            if number == float("inf"):
                raise FormulaError("the formula holds a number too large to compute with; check its digits")
            return Quantity(Decimal(str(number)))
        case ast.Name(id=name):
            if name not in quantities:
                raise FormulaError(f'there is no figure "{name}"; {name_nearest(name, quantities)}')
            return quantities[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return _negate(_evaluate(operand, quantities))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            return OPERATORS[type(op)](_evaluate(left, quantities), _evaluate(right, quantities))
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
            if name not in FUNCTIONS:
                raise FormulaError(f'there is no function "{name}"; {name_nearest(name, FUNCTIONS)}')
            if len(arguments) != 2:
                raise FormulaError(f"{name} takes two figures, not {len(arguments)}")
            return FUNCTIONS[name](_evaluate(arguments[0], quantities), _evaluate(arguments[1], quantities))
        case _:
            raise FormulaError(
                "only figures, numbers, + - * /, parentheses and named functions may stand in a formula; mend it"
            )


def _negate(quantity: Quantity) -> Quantity:
    bound = None if quantity.bound is None else -quantity.bound
    return Quantity(-quantity.value, quantity.dimension, bound, quantity.crosses)


def _push(factor: Quantity, other: Quantity) -> int | None:
    """Say which way the bound of a factor pushes its product with another one."""
    if factor.bound == 0:
        return 0
    if factor.bound is None or other.crosses:
        return None
    sign = _find_sign(other)
    return None if sign is None else factor.bound * sign


def _find_sign(quantity: Quantity) -> int | None:
    """Find the sign of a true value that keeps it; one bounded by zero has that of the side on which it lies."""
    return (quantity.value > 0) - (quantity.value < 0) or quantity.bound


def _join(left: int | None, right: int | None) -> int | None:
    """Join the bounds of two inputs that push the result the same way."""
    if left == 0 or right == 0:
        return right if left == 0 else left
    return left if left == right else None


def _require_same(left: Quantity, right: Quantity, verb: str) -> None:
    if left.dimension != right.dimension:
        units = f"{describe_dimension(left.dimension)} and {describe_dimension(right.dimension)}"
        raise UnitError(f"cannot {verb} {units}; both must have the same unit")


def _add(left: Quantity, right: Quantity) -> Quantity:
    _require_same(left, right, "add")
    return _sum(left, right, left.dimension)


def _sum(left: Quantity, right: Quantity, dimension: Dimension) -> Quantity:
    value, bound = left.value + right.value, _join(left.bound, right.bound)
    signs = {_find_sign(left), _find_sign(right)} - {0}
    mixed = left.crosses or right.crosses or len(signs) > 1 or None in signs
    return Quantity(value, dimension, bound, mixed and (bound is None or bound * value < 0))


def _subtract(left: Quantity, right: Quantity) -> Quantity:
    _require_same(left, right, "subtract")
    dimension = YEARS if left.dimension == CALENDAR else left.dimension
    return _sum(left, _negate(right), dimension)


def _multiply(left: Quantity, right: Quantity) -> Quantity:
    dimension = combine_dimensions(left.dimension, right.dimension, 1)
    bound = _join(_push(left, right), _push(right, left))
    return Quantity(left.value * right.value, dimension, bound, left.crosses or right.crosses)


def _divide(left: Quantity, right: Quantity) -> Quantity:
    dimension = combine_dimensions(left.dimension, right.dimension, -1)
    if right.crosses:
        return Quantity(left.value / right.value, dimension, None, True)
    inverse = Quantity(1 / right.value, dimension, _negate(right).bound)
    bound = _join(_push(left, inverse), _push(inverse, left))
    return Quantity(left.value / right.value, dimension, bound, left.crosses)


def _compare(left: Quantity, right: Quantity) -> Quantity:
    _require_same(left, right, "compare")
    return _divide(left, right)


def _change(new: Quantity, old: Quantity) -> Quantity:
    ratio = _compare(new, old)
    return _sum(ratio, Quantity(Decimal(-1)), ratio.dimension)


OPERATORS: dict[type[ast.operator], Callable[[Quantity, Quantity], Quantity]] = {
    ast.Add: _add,
    ast.Sub: _subtract,
    ast.Mult: _multiply,
    ast.Div: _divide,
}

FUNCTIONS: dict[str, Callable[[Quantity, Quantity], Quantity]] = {
    "share": _compare,
    "ratio": _compare,
    "change": _change,
    "points": _subtract,
}
