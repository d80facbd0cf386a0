"""Print a report as a page that an editor reads in a browser."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined


def write_report_page(report: Mapping[str, Any], template: str) -> str:
    """Fill the template of the report; a name that it uses and the report lacks is an error."""
    environment = Environment(
        loader=DictLoader({"report": template}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report").render(report=report) + "\n"
