"""Turn the names that prose uses into nodes: figures printed, wordings checked, works cited, charts placed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from briefing.charts.spec import ChartSpec
from briefing.charts.uses import find_text, list_chart_uses, list_labels, list_scales, name_text
from briefing.document.nodes import Block, Chart, ChartLabel, Cite, FigureUse, Inline, Link, Text
from briefing.figures.figure import Figure
from briefing.language.number_formatting import Language, print_figure, round_printed
from briefing.language.typed_hedges import TypedHedge, find_typed_hedge, suggest_forms
from briefing.language.typed_units import find_typed_unit
from briefing.language.wordings import (
    Wording,
    WordingError,
    is_true,
    read_form,
    say_value,
    says_nothing,
    suggest_wordings,
)
from briefing.problems import Place, Problem, name_nearest
from briefing.sources.citations import CitationPrinter
from briefing.sources.locators import check_locator
from briefing.sources.prose import ProseReader
from briefing.sources.prose_syntax import CitedWork, Surroundings


@dataclass
class NodeResolver:
    """Turns names in the prose into nodes: figures printed, their wordings checked, works cited, charts placed."""

    figures: Mapping[str, Figure]
    language: Language
    citations: CitationPrinter
    charts: Mapping[str, ChartSpec]
    places: Mapping[str, Place]
    problems: list[Problem] = field(default_factory=list)
    reader: ProseReader | None = None
    counts: dict[str, int] = field(default_factory=dict)

    def resolve_figure(self, name: str, form: str, place: Place, around: Surroundings) -> Inline:
        """Print a figure; a wording that is false or typed beside it, and a bound without its hedge, are problems."""
        figure = self.figures.get(name)
        if figure is None:
            self.problems.append(place.report(f'there is no figure "{name}"; {name_nearest(name, self.figures)}'))
            return Text(name)
        try:
            wording = read_form(form, figure, self.language)
        except WordingError as error:
            self.problems.append(place.report(f"figure {name}: {error}", "wording"))
            return Text(name)
        if typed := find_typed_hedge(around.before, around.after, figure, form, self.language):
            self.problems.append(place.report(self._explain_typed(typed, figure, wording), "wording"))
        text = print_figure(figure, self.language, form) if wording is None else wording.text
        if unit := find_typed_unit(around.before, around.after, text):
            message = (
                f"“{unit}” is typed beside {name}, which prints “{text}” with its own; remove the one that is typed"
            )
            self.problems.append(place.report(message, "wording"))
        if wording is None:
            if figure.bound != 0 and form != "period":
                remedy = {
                    1: "word it with over, more than or at least",
                    -1: "word it with under, less than or at most",
                    None: "leave it out, or give its inputs bounds on one side",
                }[figure.bound]
                message = f"{name} is only known as a bound: {say_value(figure, self.language)}; {remedy}"
                self.problems.append(place.report(f"{message}, in: {around.sentence}", "wording"))
            return FigureUse(name, text, form)
        if not is_true(wording, figure):
            offers = suggest_wordings(wording, figure, self.language)
            remedy = (
                "true would be: " + ", ".join(f'"{offer}"' for offer in offers) if offers else "state the value instead"
            )
            message = f'"{wording.text}" is false: {name} is now {say_value(figure, self.language)}'
            self.problems.append(place.report(f"{message}; {remedy}; the sentence: {around.sentence}", "wording"))
        elif says_nothing(wording, figure) and round_printed(figure):  # else its format is told
            offers = suggest_wordings(wording, figure, self.language)
            remedy = f'write "{offers[0]}"' if offers else "state the value instead"
            message = f'"{wording.text}" says nothing of {name}, which is {say_value(figure, self.language)}'
            self.problems.append(place.report(f"{message}; {remedy}, in: {around.sentence}", "wording"))
        return FigureUse(name, wording.text, form)

    def _explain_typed(self, typed: TypedHedge, figure: Figure, wording: Wording | None) -> str:
        """Say that a hedge is typed beside a figure, and what to write in place of both."""
        offer = next(suggest_forms(typed, figure, self.language), "")
        use = f"{{{{ {figure.id} }}}}"
        if wording:
            remedy = f"the figure says its own hedge, “{wording.text}”; remove the one that is typed"
        elif offer:
            remedy = f"nothing holds it against the value, {say_value(figure, self.language)}; in place of both, write "
            remedy += f"{{{{ {figure.id} | {offer} }}}}, or use another word where it is no hedge"
        else:
            remedy = f"it is not true of the value, {say_value(figure, self.language)}; remove it"
        return f"“{typed.words}” is typed {typed.side} {use}: {remedy}"

    def resolve_citation(self, works: Iterable[CitedWork], place: Place) -> Inline:
        """Print a citation; an unknown key is a problem."""
        works = list(works)
        unknown = [work.key for work in works if work.key not in self.citations.works]
        for key in unknown:
            nearest = name_nearest(key, self.citations.works)
            self.problems.append(place.report(f'the bibliography has no work "{key}"; {nearest}', "citation"))
        for work in works:
            if objection := check_locator(work.locator):
                self.problems.append(place.report(objection, "citation"))
        return Text("") if unknown else self.citations.cite(works)

    def resolve_source(self, key: str, place: Place) -> Inline:
        """Name the authors of a work, as a link to its entry; the box has the year in a column of its own."""
        cite = self.resolve_citation([CitedWork(key, "")], place)
        return Link(f"#ref-{key}", (Text(self.citations.name_authors(key)),)) if isinstance(cite, Cite) else cite

    def resolve_chart(self, chart: str, place: Place) -> Block | None:
        """Place a chart or map; its texts are prose."""
        spec = self.charts.get(chart)
        if spec is None or self.reader is None:
            return None
        kind = "map" if spec.kind == "map" else "chart"
        self.counts[kind] = self.counts.get(kind, 0) + 1
        reader = self.reader

        def find(text: str) -> Place:
            return self.places.get(name_text(chart, text), place)

        def read(text: str, at: Place) -> tuple[Inline, ...]:
            return reader.read_line(at.file, text, at)

        def read_key(key: str) -> tuple[Inline, ...]:
            return read(str(getattr(spec, key)), self.places.get(f"{chart}.{key}", place))

        points = [
            self.resolve_figure(name, form, find(find_text(spec, name, form)), Surroundings(spec.title))
            for name, form in list_chart_uses(spec)
        ]
        for scale in list_scales(spec):
            drawn = [self.figures[name] for name in scale if name in self.figures]
            for figure in drawn[1:]:
                if figure.unit != drawn[0].unit:
                    where = f"on one scale with {drawn[0].id}, in {drawn[0].unit}"
                    message = f"{figure.id} is in {figure.unit} and cannot be drawn {where}; draw it elsewhere"
                    self.problems.append(find(figure.id).report(message))
        facts = [fact for event in getattr(spec.content, "events", ()) for fact in event.facts]
        return Chart(
            id=f"{kind}-{chart}",
            kind=kind,
            number=self.counts[kind],
            title=read_key("title"),
            source=read_key("source"),
            alternative=tuple(node for node in read_key("alternative") if isinstance(node, Text | FigureUse)),
            image=chart,
            width=spec.width,
            height=spec.height,
            points=tuple(point for point in points if isinstance(point, FigureUse)),
            labels=tuple(ChartLabel(text, read(text, find(text))) for text in list_labels(spec)),
            disclaimer=read_key("disclaimer") if spec.disclaimer else (),
            facts=tuple(dict.fromkeys([*spec.facts, *facts])),
        )
