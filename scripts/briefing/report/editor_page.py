"""Fill the template of a page for editors: all stand in one frame, in the type and the colours of the house."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from briefing.fonts import UPRIGHT_FACES
from briefing.formats.web_page import hash_script, write_font_faces

_LOCALE = "en_GB"  # the pages are for editors, and in English
_CODE = re.compile(r"(\{\{.*?\}\})")
_TAG = re.compile(r"(<[^>]*>)")
_OF_TEXT_ALONE = ("option", "svg", "style", "script", "title", "textarea")
"""Elements that hold no other; a script or a drawing is not set in lines either."""
_NUMBER = r"\d+(?:[.,\u00a0\u202f]\d+)*"
_SCALES = r"thousand|(?:m|b|tr)illions?|mille|milliards?|points?"
_WHOLE = re.compile(
    rf"""(?<![\w&#])(?:
      \d{{4}}-\d\d(?:-\w+)*                                # 2019-02-11, 2019-02-r1
    | \d{{1,2}}(?:er|º)?\s[^\W\d_]{{3,9}}\s\d{{4}}            # 11 February 2019
    | (?:[A-Z]{{3,4}}\s)?[−+]?{_NUMBER}(?:\s?[–-]\u200d?\s?{_NUMBER})*(?:\s?[%‰]|\s(?:{_SCALES})\b)?
    )(?!\w)""",
    re.VERBOSE,
)
"""A date, a range, or a number with its currency, its scale or its sign."""
_WHOLE_IN_CODE = re.compile(r"(?<![\w#])(?:\d{4}-\d\d(?:-\w+)*|\d+(?:\.\d+)*)(?!\w)")
_STROKE = re.compile(r"(?<=[,/])(?=[^\s,/])")
"""Where a long code may break: a comma of a row, a stroke of a path."""
_TIED = re.compile(r" (?=[·→] )")
_CLOSING = frozenset(".,;:!?…)]%”’»")


def fill_page(
    name: str, templates: Mapping[str, str], fonts: Mapping[str, bytes], values: Mapping[str, object], script: str = ""
) -> str:
    """Fill the template `name` of a page for editors; a name that it uses and the values lack is an error.

    `templates` has the texts of it and of the frame, `fonts` the `.woff2` faces by file name, or nothing where none
    were cut yet. `script` names the one script that the page may run.
    """
    environment = Environment(
        loader=DictLoader(dict(templates)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "change": _write_change,
        "day": _write_day,
        "gap": write_gap,
        "hold": hold_together,
        "number": _write_number,
        "split_code": _split_code,
    }
    code = templates[script] if script else ""
    frame = {
        "style": Markup(write_look(templates, fonts)),  # ours, and not to be escaped
        "policy": f"'sha256-{hash_script(code)}'" if code else "'none'",
        "script": Markup(code),
    }
    return environment.get_template(name).render({**values, **frame}) + "\n"


def write_look(templates: Mapping[str, str], fonts: Mapping[str, bytes]) -> str:
    """Write the style sheet of the pages for editors, from its templates and the faces, or without these."""
    faces = write_font_faces(fonts, UPRIGHT_FACES) if fonts else ""
    return f"{faces}\n{templates['house.css']}{templates['editor.css']}"


def hold_together(written: Markup) -> Markup:
    """Hold together in HTML what no line may break: dates, ranges, numbers with their units, a mark with what it ends.

    Long codes may break behind a comma or a stroke.
    """
    parts, inside, is_code = _TAG.split(written), "", False
    for number, part in enumerate(parts):
        if number % 2:
            name = part.strip("</>").partition(" ")[0]
            is_end = part.startswith("</")
            if name == "code":
                is_code = not is_end
            if inside == name and is_end:
                inside = ""
            elif not inside and name in _OF_TEXT_ALONE and not is_end:
                inside = name
        elif part and not inside:
            held = _TIED.sub("\N{NO-BREAK SPACE}", part)
            held = _STROKE.sub("<wbr>", held) if is_code else held
            parts[number] = _WHOLE_IN_CODE.sub(_wrap, held) if is_code else _WHOLE.sub(_hold, held)
    return Markup("".join(parts))  # what was HTML still is: only elements without attributes of a source came in


def _hold(found: re.Match[str]) -> str:
    """Wrap what a line could break; digits alone it does not, but in a code."""
    return found[0] if found[0].isdigit() else _wrap(found)


def _wrap(found: re.Match[str]) -> str:
    return f'<span class="whole">{found[0]}</span>'


def write_gap(old: str, new: str) -> str:
    """Write what stands between a text that went and the one that came for it: no space before a closing mark."""
    return " " if old and new and new[0] not in _CLOSING and not new[0].isspace() else ""


def _write_number(value: str | float) -> str:
    """Write a number as readers read it: to three digits after the point, from a thousand on without any."""
    number = Decimal(str(value))
    return str(format_decimal(number, "#,##0.###" if abs(number) < 1000 else "#,##0", _LOCALE))


def _write_change(percent: float) -> str:
    """Write a change in per cent with its sign."""
    return f"{format_decimal(Decimal(str(percent)), '+#,##0.0;−#,##0.0', _LOCALE)}%"


def _write_day(day: str) -> str:
    """Write an ISO date as readers read it; what is none stays as it is."""
    try:
        return str(format_date(datetime.date.fromisoformat(day), "d MMMM y", _LOCALE))
    except ValueError:
        return day


def _split_code(message: str) -> list[tuple[str, bool]]:
    """Split what quotes a figure of the prose from the words around it."""
    return [(part, bool(_CODE.fullmatch(part))) for part in _CODE.split(message) if part]
