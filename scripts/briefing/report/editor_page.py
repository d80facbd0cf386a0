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


def _write_number(value: str | float) -> str:
    """Write a number as readers read it, to three digits after the point."""
    return str(format_decimal(Decimal(str(value)), "#,##0.###", _LOCALE))


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
