"""Read JSON sources strictly: no key twice, no NaN, no depth that no one wrote by hand; every slip with its place."""

from __future__ import annotations

import json
import math
import re
from itertools import pairwise
from typing import Any

from briefing.problems import Problem, SourceError, find_offset

MAX_DEPTH = 20
STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')


class _ConstantError(ValueError):
    """JSON that holds NaN or Infinity, which are no numbers."""


def read_strict_json(file: str, text: str) -> Any:
    """Read JSON text; this fails with a `SourceError` that says where and how it breaks the rules of JSON."""
    if not text.strip():
        raise SourceError(
            [Problem(file, 1, 1, "this is not valid JSON: this file is empty; write [] if it holds nothing")]
        )
    plain = STRING.sub(lambda match: " " * len(match[0]), text)
    _check_depth(file, plain)
    repeated: list[str] = []

    def build(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in pairs]
        repeated.extend(sorted({key for key in keys if keys.count(key) > 1}))
        return dict(pairs)

    def refuse(constant: str) -> Any:
        raise _ConstantError(constant)

    def read_float(number: str) -> float:
        return float(number) if math.isfinite(float(number)) else refuse(number)

    try:
        content = json.loads(text, object_pairs_hook=build, parse_constant=refuse, parse_float=read_float)
    except json.JSONDecodeError as error:
        message = f"this is not valid JSON: {error.msg}; mend the line"
        raise SourceError([Problem(file, error.lineno, error.colno, message)]) from None
    except _ConstantError as error:
        at = find_offset(file, plain, plain.find(str(error)))
        message = f"this is not valid JSON: {error} is no number; remove the key, or quote what is text"
        raise SourceError([at.report(message)]) from None
    except ValueError as error:  # numbers with thousands of digits
        raise SourceError([Problem(file, 1, 1, f"this is not valid JSON: {error}; mend the file")]) from None
    if repeated:
        raise SourceError(_report_repeated(file, text, key) for key in repeated)
    return content


def _check_depth(file: str, plain: str) -> None:
    depth = 0
    for position, character in enumerate(plain):
        depth += (character in "[{") - (character in "]}")
        if depth > MAX_DEPTH:
            message = f"this is nested deeper than {MAX_DEPTH} levels; no source needs that, mend the brackets"
            raise SourceError([find_offset(file, plain, position).report(message)])


def _report_repeated(file: str, text: str, key: str) -> Problem:
    """Report a key that one object has twice, at the place where it stands twice closest together."""
    starts = [match.start() for match in re.finditer(rf"{re.escape(json.dumps(key))}\s*:", text)]
    pairs = [(later - earlier, later) for earlier, later in pairwise(starts)]
    at = find_offset(file, text, min(pairs)[1] if pairs else 0)
    return at.report(f'the key "{key}" stands twice in one work; remove one of them')
