"""Read the house's texts from the templates."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.language.house_names import list_house_files
from briefing.language.house_texts import House, read_house
from briefing.workflow.files import read_below

if TYPE_CHECKING:
    from snakemake.iocontainers import Snakemake


def read_house_files(templates: str, languages: Iterable[str]) -> dict[str, bytes]:
    """Read the house's texts in some languages, as far as they are there, by path below templates/."""
    names = dict.fromkeys(name for tag in languages for name in list_house_files(tag))
    return read_below(templates, [path for name in names if (path := Path(templates, name)).is_file()])


def read_house_of(job: Snakemake, language: str, locale: str = "") -> House:
    """Read the house's texts in a language."""
    return read_house(language, read_house_files(job.params.templates, [language]), locale)
