"""Read all sources of a note, and report everything that is wrong with them at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from briefing.charts.spec import ChartSpec
from briefing.charts.uses import find_text, list_chart_uses, list_labels, name_text
from briefing.document.nodes import Block, Heading, Inline, Text
from briefing.figures.figure_specs import FigureSpec, read_figure_specs
from briefing.figures.formulas import FormulaError, list_names
from briefing.formats.text import decode_source
from briefing.formats.yaml_source import check_schema, find_place, list_leaves, read_yaml
from briefing.problems import Place, Problem, SourceError, gather, name_nearest
from briefing.sources.acronyms import Acronym, read_acronyms
from briefing.sources.csl_markup import check_markup
from briefing.sources.data_package import SOURCE
from briefing.sources.exemptions import Exemption, make_exemption
from briefing.sources.key_points import check_key_points
from briefing.sources.prose import ProseReader
from briefing.sources.prose_syntax import CitedWork, Surroundings
from briefing.sources.works import is_recommended, read_bibliography, report_lacks

TEXT = re.compile(r"text/[^/]+\.md")
LISTS = {
    "acronyms": "the acronyms",
    "references": "the works cited",
    "further-reading": "the works recommended",
}
"""The sections that the build fills, and what it lists there."""
CHARTS = "charts.yaml"
FIGURES = "figures.yaml"
FIXED = (
    "note.yaml",
    FIGURES,
    CHARTS,
    "bibliography.json",
    SOURCE,
    "acronyms.csv",
    "observations.csv",
)


@dataclass(frozen=True, slots=True)
class NoteSources:
    """The sources of a note, read and held against their schemas; keys of `files` are paths in the note's folder."""

    folder: str
    files: Mapping[str, str]
    note: Mapping[str, Any]
    figures: Mapping[str, Any]
    specs: Mapping[str, FigureSpec]
    charts: tuple[ChartSpec, ...]
    chart_places: Mapping[str, Place]
    works: Mapping[str, Mapping[str, Any]]
    shared_indicators: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def name(self, file: str) -> str:
        """Give the path of a source as an editor sees it."""
        return f"{self.folder}/{file}"

    @property
    def texts(self) -> list[tuple[str, str]]:
        """List the prose files in order, each with its name and text."""
        return list_prose(self.folder, self.files)

    @property
    def exemptions(self) -> list[Exemption]:
        """List the names that hold digits or capitals and are neither numbers nor acronyms."""
        return [make_exemption(row["pattern"], row["reason"]) for row in self.note.get("exemptions", ())]

    @property
    def charts_by_id(self) -> dict[str, ChartSpec]:
        """Give the charts and maps by their ids."""
        return {chart.id: chart for chart in self.charts}

    @property
    def licences(self) -> list[str]:
        """List the titles of the licences under which text and data may be used."""
        descriptor = read_yaml(SOURCE, self.files[SOURCE])
        return [row.get("title") or row.get("name") or row["path"] for row in descriptor.get("licenses", ())]

    def acronyms(self, language: str) -> dict[str, Acronym]:
        """List the acronyms with what they stand for in a language."""
        return read_acronyms(self.name("acronyms.csv"), self.files["acronyms.csv"], language)


def list_prose(folder: str, files: Mapping[str, str]) -> list[tuple[str, str]]:
    """List the prose among the files of a note's folder, in order of its names, each with its path and text."""
    return [(f"{folder}/{file}", text) for file, text in sorted(files.items()) if TEXT.fullmatch(file)]


def read_sources(
    folder: str,
    raw: Mapping[str, bytes],
    schemas: Mapping[str, Mapping[str, Any]],
    shared: Mapping[str, Mapping[str, Any]] | None = None,
) -> NoteSources:
    """Read the sources of a note from the bytes of its files; `shared` are the indicators that notes share.

    This fails with a `SourceError` that lists every file missing, every encoding, syntax and schema problem.
    """
    from briefing.charts.reading import parse_charts  # here, so that a step which reads no charts loads no pydantic

    problems: list[Problem] = []
    files: dict[str, str] = {}

    def decode(file: str) -> None:
        files[file] = decode_source(f"{folder}/{file}", raw[file])

    for file in sorted({*raw, *FIXED}):
        if file in raw:
            gather(problems, partial(decode, file))
        else:
            problems.append(Problem(f"{folder}/{file}", 1, 1, "this file is missing; every note needs one"))
    if not any(map(TEXT.fullmatch, raw)):
        problems.append(
            Problem(f"{folder}/text", 1, 1, "there is no prose; write a file such as text/01-introduction.md")
        )
    parsed: dict[str, Any] = {}
    charts: list[ChartSpec] = []
    specs: dict[str, FigureSpec] = {}

    def parse(file: str) -> None:
        name = f"{folder}/{file}"
        content = read_yaml(name, files[file])
        if file == CHARTS:
            charts.extend(parse_charts(content, name))
        else:
            check_schema(name, content, schemas[file.removesuffix(".yaml")])
        if file == FIGURES:
            own = content.get("indicators", {})
            check_schema(name, own, schemas.get("indicators", {}))
            specs.update(read_figure_specs(name, content, {**own, **(shared or {})}))
        parsed[file] = content

    for file in ("note.yaml", FIGURES, CHARTS):
        if file in files:
            gather(problems, partial(parse, file))
    works: dict[str, dict[str, Any]] = {}
    if "bibliography.json" in files:
        name, text = f"{folder}/bibliography.json", files["bibliography.json"]
        gather(problems, lambda: works.update(read_bibliography(name, text)))
        problems.extend([*check_markup(name, text, works), *report_lacks(name, text, works)])
        gather(problems, lambda: _check_works(name, text, list(works.values()), schemas.get("bibliography", {})))
    if problems:
        ids = {chart.id for chart in charts} or None
        checker = NameChecker(parsed.get("figures.yaml", {}).get("figures"), works or None, ids)
        raise SourceError([*problems, *check_prose(list_prose(folder, files), checker, works)])
    return NoteSources(
        folder=folder,
        files=files,
        note=parsed["note.yaml"],
        figures=parsed["figures.yaml"],
        specs=specs,
        charts=tuple(charts),
        chart_places=_find_chart_places(f"{folder}/{CHARTS}", parsed[CHARTS]),
        works=works,
        shared_indicators=shared or {},
    )


def _find_chart_places(file: str, tree: Any) -> dict[str, Place]:
    """Find where each key of a chart stands ("guards.title"), and each text that it holds (`name_text`)."""
    places: dict[str, Place] = {}
    for position, row in enumerate(tree["charts"]):
        path = ("charts", position)
        places |= {f"{row['id']}.{key}": find_place(file, tree, (*path, key)) for key in row}
        for steps, leaf in list_leaves(row):
            if isinstance(leaf, str) and steps[-1:] != (leaf,):
                places.setdefault(name_text(row["id"], leaf), find_place(file, tree, (*path, *steps)))
    return places


def _check_works(file: str, text: str, works: list[Any], schema: Mapping[str, Any]) -> None:
    """Hold the works of the bibliography against their schema; JSON is YAML too, which keeps the places."""
    try:
        check_schema(file, works, schema)
    except SourceError as error:
        try:
            written = read_yaml(file, text)
        except SourceError:
            raise error from None
        check_schema(file, works, schema, written)


class NameChecker:
    """Checks the names that prose uses, without the data: figures, citation keys and charts.

    Where names of a kind are None (their file cannot be read), they are not checked.
    """

    def __init__(
        self, figures: Collection[str] | None, works: Collection[str] | None, charts: Collection[str] | None
    ) -> None:
        self.figures, self.works, self.charts = figures, works, charts
        self.placed: set[str] = set()
        self.problems: list[Problem] = []

    def resolve_figure(self, name: str, form: str, place: Place, around: Surroundings) -> Inline:
        """Check the name of a figure."""
        if self.figures is not None and name not in self.figures:
            nearest = name_nearest(name, self.figures)
            self.problems.append(place.report(f'there is no figure "{name}"; {nearest}'))
        return Text("")

    def resolve_citation(self, works: Iterable[CitedWork], place: Place) -> Inline:
        """Check the keys of a citation."""
        for work in works:
            if self.works is not None and work.key not in self.works:
                nearest = name_nearest(work.key, self.works)
                self.problems.append(place.report(f'the bibliography has no work "{work.key}"; {nearest}', "citation"))
        return Text("")

    def resolve_chart(self, chart: str, place: Place) -> None:
        """Check the name of a chart or map."""
        if self.charts is not None and chart not in self.charts:
            self.problems.append(place.report(f'there is no chart "{chart}"; {name_nearest(chart, self.charts)}'))
        elif chart in self.placed:
            self.problems.append(place.report(f'the chart "{chart}" is placed twice; place it once'))
        self.placed.add(chart)


def check_prose(
    texts: Iterable[tuple[str, str]], checker: NameChecker, works: Mapping[str, Mapping[str, Any]]
) -> list[Problem]:
    """Check the prose files as far as can be told without the data; each list that there will be has a heading."""
    wanted = LISTS if any(map(is_recommended, works.values())) else LISTS.keys() - {"further-reading"}
    reader = ProseReader(checker)
    last = ""
    blocks: list[Block] = []
    for last, text in texts:
        blocks += reader.read_file(last, text)
    missing = [
        Problem(last, 1, 1, f"no heading has the id {{#{name}}}, below which {what} are listed; add it to a heading")
        for name, what in LISTS.items()
        if last and name in wanted and name not in reader.places
    ]
    lower = [
        reader.places[block.id].report(f"{LISTS[block.id]} are listed below a heading of level 1; write it with one #")
        for block in blocks
        if isinstance(block, Heading) and block.id in LISTS and block.level != 1
    ]
    return [*reader.problems, *checker.problems, *missing, *lower, *check_key_points(blocks, reader.places)]


def check_names(sources: NoteSources) -> None:
    """Check every name that the prose, the box, the formulas and the checks use.

    This fails with a `SourceError` that lists all names that are not known and all prose that cannot be read.
    """
    checker = NameChecker(sources.specs, sources.works, {chart.id for chart in sources.charts})
    prose = check_prose(sources.texts, checker, sources.works)
    reader = ProseReader(checker)
    file = sources.name("figures.yaml")
    for position, line in enumerate(sources.figures["key_statistics"]):
        for key in ("group", "label", "value", "year"):
            reader.read_line(
                file, line.get(key, ""), find_place(file, sources.figures, ("key_statistics", position, key))
            )
        place = find_place(file, sources.figures, ("key_statistics", position, "sources"))
        checker.resolve_citation([CitedWork(key, "") for key in line["sources"]], place)
    if basis := sources.note.get("basis"):
        place = find_place(sources.name("note.yaml"), sources.note, ("basis",))
        checker.resolve_citation([CitedWork(basis, "")], place)
    for chart in sources.charts:
        for key in ("title", "source", "alternative", "disclaimer"):
            if at := sources.chart_places.get(f"{chart.id}.{key}"):
                reader.read_line(at.file, str(getattr(chart, key)), at)
        # Labels are drawn as they stand, so that a slip would be seen in the picture only.
        for label in list_labels(chart):
            at = sources.chart_places[name_text(chart.id, label)]
            reader.read_line(at.file, label, at)
        for name, form in list_chart_uses(chart):
            at = sources.chart_places[name_text(chart.id, find_text(chart, name, form))]
            checker.resolve_figure(name, form, at, Surroundings(chart.title))
    problems = [*prose, *checker.problems, *reader.problems]
    for position, check in enumerate(sources.figures["checks"]):
        for side in ("left", "right"):
            place = find_place(file, sources.figures, ("checks", position, side))
            problems.extend(_check_formula_names(check[side], sources, place))
    for spec in sources.specs.values():
        if spec.formula:
            problems.extend(_check_formula_names(spec.formula, sources, spec.find_key("formula")))
    if problems:
        raise SourceError(problems)


def _check_formula_names(formula: str, sources: NoteSources, place: Place) -> list[Problem]:
    try:
        unknown = [name for name in list_names(str(formula)) if name not in sources.specs]
    except FormulaError as error:
        return [place.report(str(error))]
    return [place.report(f'there is no figure "{name}"; {name_nearest(name, sources.specs)}') for name in unknown]
