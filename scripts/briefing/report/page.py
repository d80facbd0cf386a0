"""Print a report as a page that an editor reads in a browser."""

from __future__ import annotations

from jinja2 import DictLoader, Environment, StrictUndefined


def write_report_page(report: object, template: str) -> str:
    """Fill the template of a report; a name that it uses and the report lacks is an error."""
    environment = Environment(
        loader=DictLoader({"report": template}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report").render(report=report) + "\n"
