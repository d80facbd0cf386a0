"""Find the works that a note lists, and list them: those that it refers to, and those that it recommends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from briefing.charts.uses import list_figures
from briefing.document.nodes import Bibliography, Block, Heading, Text
from briefing.figures.figure import Figure, close_over_inputs
from briefing.sources.citations import CitationPrinter
from briefing.sources.note_sources import CHARTS, NoteSources
from briefing.sources.prose_syntax import CITATION, CITED_KEY, FIGURE
from briefing.sources.works import is_recommended


@dataclass(frozen=True, slots=True)
class ListedWorks:
    """The keys of the works that a note lists: those that it refers to, known by title or key alone, and the others."""

    referred: Sequence[str]
    keyed: Sequence[str]
    recommended: Sequence[str]


def find_works(sources: NoteSources, citations: CitationPrinter, figures: Iterable[Figure]) -> ListedWorks:
    """List the works of the note; one that it recommends and refers to stands among those that it refers to."""
    of_figures = [key for figure in figures for key in figure.sources if key in sources.works]
    used = dict.fromkeys([*citations.cited, *of_figures])
    keyed = [key for key in used if "title" not in sources.works[key]]
    reading = [key for key, work in sources.works.items() if is_recommended(work) and key not in used]
    return ListedWorks([key for key in used if key not in keyed], keyed, reading)


def make_bibliographies(
    works: ListedWorks, citations: CitationPrinter, labels: Mapping[str, str]
) -> dict[str, Sequence[Block]]:
    """Make the lists of works by the sections that they stand in."""

    def make_list(name: str, keys: Iterable[str]) -> Bibliography:
        return Bibliography(name, citations.list_entries(keys, labels["reference_probable"]))

    heading = Heading("known-by-key", 2, "", (Text(labels["known_by_key"]),))
    keyed: list[Block] = [heading, make_list("bibliography-by-key", works.keyed)] if works.keyed else []
    recommended = {"further-reading": [make_list("reading-list", works.recommended)]} if works.recommended else {}
    return {"references": [make_list("bibliography", works.referred), *keyed], **recommended}


def foresee_works(sources: NoteSources, figures: Mapping[str, Figure]) -> list[str]:
    """List the works that the list will hold, before anything is printed: by what the sources refer to."""
    written = "\n".join([*(text for _, text in sources.texts), sources.files["figures.yaml"], sources.files[CHARTS]])
    named = {found[1].partition("|")[0].strip() for found in FIGURE.finditer(written)}
    named |= {figure for chart in sources.charts for figure in list_figures(chart)}
    used = close_over_inputs([name for name in figures if name in named], figures)
    cited = {key for found in CITATION.finditer(written) for key in CITED_KEY.findall(found[1])}
    cited |= {key for name in used for key in figures[name].sources}
    cited |= {sources.note["basis"]} if "basis" in sources.note else set()
    cited |= {key for line in sources.figures["key_statistics"] for key in line["sources"]}
    return [key for key, work in sources.works.items() if key in cited or is_recommended(work)]
