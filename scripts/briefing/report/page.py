"""Print a report as a page that an editor reads in a browser."""

from __future__ import annotations

from jinja2 import DictLoader, Environment, StrictUndefined


def write_report_page(report: object, template: str) -> str:
    """Fill the template of a report."""
    return fill_page(template, report=report)


def fill_page(template: str, **values: object) -> str:
    """Fill the template of a page for editors; a name that it uses and the values lack is an error."""
    environment = Environment(
        loader=DictLoader({"page": template}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page").render(values) + "\n"
