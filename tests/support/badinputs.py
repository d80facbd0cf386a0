"""The catalogue of bad inputs: small files, each with what is wrong with it, what must happen and what must be said."""

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from briefing.formats.text import decode_source
from briefing.formats.yaml_source import read_yaml
from briefing.problems import Problem, SourceError
from briefing.report.content import judge_problems
from briefing.sources.snapshot import read_snapshot
from briefing.steps.validate import check_sources
from briefing.translate.glossary import check_terms, read_glossary
from briefing.workflow.config import check_config
from support.editions import Edition, compose_edition, read_raw, translate_edition
from support.house import ROOT

CATALOGUE = ROOT / "tests/badinputs"
OF_FRENCH = ("tiny/translations/fr.po", "common/glossary.csv")
POLICY = {"staleness": "warning"}


@dataclass(frozen=True)
class Case:
    """A bad input: the file, the source of the tiny note whose place it takes, and what must come of it."""

    path: Path
    replaces: str
    wrong: str
    must: str
    at: str = ""
    says: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    step: str = "validate"
    told_in: str = ""

    @property
    def name(self) -> str:
        """Name the case as tests and editors see it."""
        return f"{self.path.parent.name}/{self.path.name}"

    def is_told(self, problems: list[Problem]) -> bool:
        """Tell whether one of the problems stands at the place and says the words."""
        return any(
            problem.file.endswith(self.told_in or self.replaces)
            and f"{problem.line}:{problem.column}".startswith(self.at)
            and all(word in problem.message for word in self.says)
            for problem in problems
        )


@functools.cache
def list_cases() -> tuple[Case, ...]:
    """List all cases, as the indexes of their folders name them."""
    cases = []
    for index in sorted(CATALOGUE.glob("*/index.yaml")):
        for row in yaml.safe_load(index.read_text("utf-8")):
            fields: dict[str, Any] = {**row, "path": index.parent / row.pop("file")}
            fields.pop("file", None)
            lists = {key: tuple(fields[key]) for key in ("says", "also") if key in fields}
            cases.append(Case(**{**fields, **lists}))
    return tuple(cases)


def make_raw(case: Case) -> dict[str, bytes]:
    """Give the sources of the tiny note, one of them replaced by the bad file."""
    return {**read_raw("tiny"), f"tiny/{case.replaces}": case.path.read_bytes()}


def try_sources(raw: dict[str, bytes]) -> tuple[list[Problem], Edition | None]:
    """Take sources through the steps up to the composed note, as far as they get; give all problems of the last one."""
    problems = judge_problems(check_sources("tiny", raw), POLICY)
    if any(problem.severity == "error" for problem in problems):
        return problems, None
    try:
        edition = compose_edition(read_snapshot("tiny", raw))
        if any(raw[name] != read_raw("tiny")[name] for name in OF_FRENCH):
            problems += translate(*(raw[name] for name in OF_FRENCH))
    except SourceError as error:
        return [*problems, *error.problems], None
    return [*problems, *judge_problems(edition.problems, POLICY)], edition


def translate(catalogue: bytes, glossary: bytes) -> list[Problem]:
    """Compose the French edition of the tiny note by a catalogue and a glossary; give what is wrong with it."""
    file = "sources/common/glossary.csv"
    terms = read_glossary(decode_source(file, glossary), "en", "fr", file)
    edition, translator = translate_edition("tiny", decode_source("fr.po", catalogue))
    flagged = [problem for _, problem in check_terms(translator.pairs, terms, file)]
    return judge_problems([*edition.problems, *flagged], POLICY)


def try_config(raw: bytes) -> list[Problem]:
    """Hold a configuration against its schema, as the Snakefile does."""
    try:
        text = decode_source("config.yaml", raw)
        schema = read_yaml("config.schema.yaml", (ROOT / "config.schema.yaml").read_text("utf-8"))
        locales = {"en": ["en-GB"], "fr": ["fr-FR"]}
        check_config(read_yaml("config.yaml", text), "config.yaml", text, schema, locales, {"tiny"})
    except SourceError as error:
        return list(error.problems)
    return []
