"""Every kind of block and inline is in every check, in both directions of every change, and in every format.

A sample of each kind is made from what its fields say of themselves, so that a kind that is declared tomorrow is held
to all this without a word here. What is exempt is named, with its reason.
"""

import dataclasses
import itertools
import re
from collections.abc import Iterator
from typing import Any, get_args, get_type_hints

import pytest

from briefing.checks.acronyms import check_acronyms
from briefing.checks.unbound_numbers import find_unbound_numbers
from briefing.compose.acronyms import mark_acronyms
from briefing.document.changes import Cause
from briefing.document.nodes import (
    Abbreviation,
    Bibliography,
    BibliographyEntry,
    Block,
    Chart,
    ChartLabel,
    Cite,
    CitePart,
    Column,
    Contents,
    Deletion,
    Document,
    FigureUse,
    Heading,
    Inline,
    Insertion,
    Note,
    Paragraph,
    ReturnToContents,
    Row,
    Span,
    Table,
    Text,
    is_made,
)
from briefing.document.schema import Role, Trait, list_fields
from briefing.document.serialization import read_document, write_document
from briefing.document.versions import accept, reject
from briefing.document.walking import list_runs, map_runs, walk_nodes, walk_pieces
from briefing.language.number_formatting import Language
from briefing.language.typography import set_document
from briefing.problems import Place
from briefing.redline.changes import list_changes
from briefing.redline.documents import redline
from briefing.review.sentences import list_sentences
from briefing.sources.acronyms import Acronym, make_pattern
from briefing.translate.blocks import MessageLister, translate_blocks
from briefing.writers.html.page import write_page
from briefing.writers.markdown.page import write_markdown
from support.documents import METADATA, make_sample_images
from support.docx_file import read_package, write
from support.house import get_house, read_labels, read_templates
from support.measures import make_language

BLOCKS: tuple[type[Any], ...] = get_args(Block)
INLINES: tuple[type[Any], ...] = get_args(Inline)
BOUND = (FigureUse, CitePart, Abbreviation)
"""What says a number by a figure, by the bibliography or by the list of acronyms; no check asks more of it."""
IN_PICTURES = (ChartLabel,)
"""What stands in a picture only: the formats are given the picture, and print none of it as text."""
HELD = Role.NODES | Role.PLAIN
APART, ASIDE, MADE, NONE = Trait.APART, Trait.ASIDE, Trait.MADE, Trait.NONE
SAID = "Ils sont {} de la XYZQ ; pas plus."
"""A text with a number that no figure binds, an acronym that nothing lists, and a sign that French sets apart."""
NUMBER = re.compile(r"9\d{4}")
NAMES = {"target": "https://example.org", "kind": "chart", "align": "start", "language": "bm", "image": "chart",
         "role": "", "form": "", "locator": ""}  # fmt: skip
"""Names that a writer has to know; any other is made up."""


@dataclasses.dataclass
class Maker:
    """Makes a node of a kind, of which every text holds a number of its own."""

    numbers: Iterator[int] = dataclasses.field(default_factory=lambda: itertools.count(90_000))

    def make(self, kind: type[Any]) -> Any:
        hints = get_type_hints(kind)
        fields = [field for field in list_fields(kind) if field.role != Role.REDLINE]
        cause = {"cause": Cause("text", "Text")} if kind in (Insertion, Deletion) else {}
        return kind(**{field.name: self._fill(field.name, field.role, hints[field.name]) for field in fields}, **cause)

    def _fill(self, name: str, role: Role, hint: Any) -> Any:
        arguments = get_args(hint)
        match role:
            case Role.PLAIN:
                return self.say() if hint is str else tuple(self.say() for _ in range(4))  # as the box has columns
            case Role.RUNS:
                return ((Text(self.say()),), (Text(self.say()),))
            case Role.RUN if arguments[0] == Inline:
                return (Text(self.say()),)
            case Role.NAME if hint is str:
                return NAMES.get(name, f"{name}-{next(self.numbers)}")
            case Role.NAME:
                return () if arguments else hint(1)
        return (self.make(arguments[0]), self.make(arguments[0])) if arguments else self.make(hint)

    def say(self) -> str:
        return SAID.format(next(self.numbers))


def make_block(kind: type[Any]) -> Any:
    """Make a block of a kind, or a paragraph that holds an inline of a kind."""
    maker = Maker()
    return maker.make(kind) if kind in BLOCKS else Paragraph("p-1", (maker.make(kind),))


def is_redline(block: Any) -> bool:
    """Tell whether a block holds two versions; such a one is not translated, and compared with nothing."""
    return any(isinstance(node, Insertion | Deletion) for node in walk_nodes(block))


def put(*blocks: Any) -> Document:
    return Document(METADATA, blocks)


def find_numbers(node: Any, without: tuple[type[Any], ...] = (), traits: Trait = NONE) -> set[str]:
    """Find the numbers in the texts at and below a node, but for those in some kinds of nodes and fields."""
    if isinstance(node, str):
        return set(NUMBER.findall(node))
    if isinstance(node, tuple):
        return set().union(*(find_numbers(child, without, traits) for child in node))
    if isinstance(node, without):
        return set()
    held = [field for field in list_fields(type(node)) if field.role & HELD and not field.traits & traits]
    return set().union(*(find_numbers(getattr(node, field.name), without, traits) for field in held))


@pytest.fixture(params=[*BLOCKS, *INLINES], ids=lambda kind: kind.__name__)
def block(request: pytest.FixtureRequest) -> Any:
    return make_block(request.param)


def test_what_nobody_writes_is_exempt_and_known_by_name() -> None:
    """The bibliography, the lists of acronyms and figures, and the colophon are made from tables that are checked."""
    assert [kind for kind in BLOCKS if is_made(make_block(kind))] == [Bibliography]
    for kind, roles in {Table: ("acronyms", "figures"), Paragraph: ("colophon",)}.items():
        sample = make_block(kind)
        assert not is_made(sample) and all(is_made(dataclasses.replace(sample, role=role)) for role in roles)


def test_every_number_that_no_figure_binds_is_told(block: Any) -> None:
    told = [problem.message for problem in find_unbound_numbers([block], [], make_language(), {})]
    assert find_numbers(tuple(told)) == (set() if is_made(block) else find_numbers(block, BOUND))


def test_every_acronym_of_running_text_that_is_not_listed_is_told(block: Any) -> None:
    """Titles, labels and cells have no room to spell anything out; expansions stand in no line."""
    told = check_acronyms([block], {}, [], {}, Place("acronyms.csv", 1), make_language())
    running = find_numbers(block, (Cite, Note), APART | ASIDE)
    notes = [node.children for node in walk_nodes(block) if isinstance(node, Note)]
    assert len(told) == len(running) + len(find_numbers(tuple(notes)))
    assert all("XYZQ is used and not listed" in problem.message for problem in told)


def test_every_acronym_is_marked(block: Any) -> None:
    acronyms = {"XYZQ": Acronym("XYZQ", "XYZQ", "", "", (), 1)}
    marked = mark_acronyms(block, acronyms, make_pattern(acronyms))
    assert [node for node in walk_nodes(marked) if isinstance(node, Text) and "XYZQ" in node.text] == []
    assert len([node for node in walk_nodes(marked) if isinstance(node, Abbreviation)]) >= len(
        [node for node in walk_nodes(block) if isinstance(node, Text)]
    )


def test_every_text_that_people_write_is_a_message(block: Any) -> None:
    if is_redline(block):
        return
    lister = MessageLister()
    translated = tuple(translate_blocks([block], lister, {}))
    said = find_numbers(tuple(message.text for message in lister.messages.values()))
    assert said >= (set() if is_made(block) else find_numbers(block, (FigureUse, Cite), MADE))
    assert translated == (block,)


def test_the_typography_of_a_language_sets_every_text(block: Any) -> None:
    """Runs in another language keep their own, and the source of a label is what it is found by."""
    french = Language("fr", "fr-FR", {}, {}, get_house("fr").grammar)
    (settled,) = set_document(put(block), french).blocks

    def list_texts(node: Any) -> Iterator[str]:
        if isinstance(node, str):
            yield node
        elif isinstance(node, tuple):
            for child in node:
                yield from list_texts(child)
        elif not isinstance(node, Span):
            for field in list_fields(type(node)):
                if field.role & HELD and not (field.traits & ASIDE and field.traits & MADE):
                    yield from list_texts(getattr(node, field.name))

    said = [text for text in list_texts(settled) if NUMBER.search(text)]
    assert all("XYZQ\N{NARROW NO-BREAK SPACE};" in text for text in said)
    assert len(said) == len(find_numbers(block, (Span,), ASIDE & MADE) - find_numbers(expansions(block)))


def expansions(block: Any) -> tuple[str, ...]:
    return tuple(node.expansion for node in walk_nodes(block) if isinstance(node, Abbreviation))


def change_text(node: Any, number: str) -> Any:
    """Change the one text that holds a number, wherever it stands."""
    if isinstance(node, str):
        return node.replace(f"{number} de", f"{number} et plus de") if number in node else node
    if isinstance(node, tuple):
        return tuple(change_text(child, number) for child in node)
    fields = [field.name for field in list_fields(type(node)) if field.role & HELD]
    return dataclasses.replace(node, **{name: change_text(getattr(node, name), number) for name in fields})


def test_a_change_of_any_text_is_marked_listed_and_can_be_taken_back(block: Any) -> None:
    if is_redline(block):
        return
    for number in sorted(find_numbers(block)):
        old, new = put(block), put(change_text(block, number))
        assert old != new
        merged = redline(old, new)
        assert accept(merged) == new and reject(merged) == old
        assert list_changes(merged), number
        assert read_document(write_document(merged)) == merged


def test_a_document_that_holds_it_goes_to_json_and_back(block: Any) -> None:
    assert read_document(write_document(put(block))) == put(block)


def test_a_sentence_of_running_text_in_which_a_figure_changed_is_told(block: Any) -> None:
    if is_redline(block):
        return
    old, new = (
        map_runs(block, lambda run, _, text=text: (*run, FigureUse("guards", text)), without=APART)  # type: ignore[misc]
        for text in ("1", "2")
    )
    runs = [run for piece in walk_pieces([block]) for run in list_runs(piece, without=APART)]
    sentences = list_sentences(redline(put(old), put(new)), with_boxes=False)
    told = [sentence for sentence in sentences if sentence.causes]
    assert len(told) == (0 if is_made(block) else len(runs))


def finish(block: Any) -> Document:
    """Put a block into a document in which its citations and figures lead somewhere."""
    nodes = list(walk_nodes(block))
    figures = {node.figure for node in nodes if isinstance(node, FigureUse)}
    rows = tuple(Row(f"figure-{figure}", ((Text("A figure"),),) * 6) for figure in sorted(figures))
    keys = [part.key for node in nodes if isinstance(node, Cite) for part in node.parts]
    entries = tuple(BibliographyEntry(f"ref-{key}", key, (Text("A work."),)) for key in keys)
    annex = Table("figures-table", "figures", 0, (), (Column("", 1 / 6),) * 6, rows)
    heading = block if isinstance(block, Heading) else Heading("h-1", 1, "1", (Text("A heading"),))
    blocks = (Contents("contents", ""), heading, annex, Bibliography("bibliography", entries))
    return put(*(blocks if block is heading else (blocks[0], heading, block, *blocks[2:])))


def list_printed(block: Any) -> set[str]:
    drawn = block.points if isinstance(block, Chart) else ()
    return find_numbers(block, IN_PICTURES) - find_numbers(drawn)


@pytest.mark.parametrize("variant", ["screen", "pdf"])
def test_a_page_prints_every_text(block: Any, variant: Any) -> None:
    svg = next(picture for name, picture in make_sample_images().items() if name.endswith("svg"))
    given = (finish(block), variant, read_labels(), {"chart": "chart.svg"}, read_templates())
    page = write_page(*given, drawings={"chart": (svg,)})
    if variant == "pdf" and isinstance(block, ReturnToContents):  # paper has none
        assert not list_printed(block) & set(NUMBER.findall(page))
        return
    assert list_printed(block) <= set(NUMBER.findall(page))


def test_markdown_prints_every_text(block: Any) -> None:
    """Markdown has no expansions of acronyms, as Word has none, and no way back to contents."""
    if isinstance(block, ReturnToContents) or is_redline(block):
        return
    written = write_markdown(finish(block), read_labels())
    assert list_printed(block) - find_numbers(expansions(block)) <= set(NUMBER.findall(written))


def test_word_prints_every_text(block: Any) -> None:
    """Word has no way back to contents, and no expansions of acronyms: text and list spell them out."""
    if isinstance(block, ReturnToContents):
        return
    images = {f"chart{name[-4:]}": image for name, image in make_sample_images().items()}
    package = read_package(write(finish(block), images))
    printed = {number for part in package.values() for number in NUMBER.findall(part.decode("latin-1"))}
    assert list_printed(block) - find_numbers(expansions(block)) <= printed
