"""Edits that an author makes, for the tests of redlines: each takes a document and numbers that choose its place."""

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from hypothesis import strategies as st

from briefing.document.nodes import (
    Block,
    Chart,
    Cite,
    Document,
    Emphasis,
    FigureUse,
    Heading,
    KeyStatistic,
    List,
    ListItem,
    Note,
    Paragraph,
    Row,
    Table,
    Text,
)

Path = tuple[Any, ...]
Node = TypeVar("Node")
WORDS = ("reform", "of", "the", "new", "20 000", "forces,", "", "in Bamako.", "l’État")


def list_paths(node: Any, kind: type[Any], path: Path = ()) -> Iterator[Path]:
    """List the ways that lead to the nodes of a kind."""
    if isinstance(node, kind):
        yield path
    if isinstance(node, tuple):
        for index, child in enumerate(node):
            yield from list_paths(child, kind, (*path, index))
    elif hasattr(node, "__dataclass_fields__"):
        for name in node.__dataclass_fields__:
            yield from list_paths(getattr(node, name), kind, (*path, name))


def replace_at(node: Any, path: Path, change: Callable[[Any], tuple[Any, ...]]) -> Any:
    """Put what `change` makes of a node into the tuple that holds it."""
    step, *rest = path
    if isinstance(node, tuple):
        inner = (replace_at(node[step], tuple(rest), change),) if rest else change(node[step])
        return (*node[:step], *inner, *node[step + 1 :])
    return dataclasses.replace(node, **{step: replace_at(getattr(node, step), tuple(rest), change)})


def change_one(document: Document, kind: type[Any], place: int, change: Callable[[Any], tuple[Any, ...]]) -> Document:
    """Change one node of a kind below the blocks, if there is any."""
    paths = [path for path in list_paths(document.blocks, kind) if isinstance(path[-1], int)]
    if not paths:
        return document
    blocks = replace_at(document.blocks, paths[place % len(paths)], change)
    return dataclasses.replace(document, blocks=blocks)


def change_words(document: Document, place: int, choice: int) -> Document:
    def change(text: Text) -> tuple[Text, ...]:
        words = text.text.split(" ")
        position = choice % len(words)
        return (Text(" ".join([*words[:position], WORDS[choice % len(WORDS)], *words[position + choice % 3 :]])),)

    return change_one(document, Text, place, change)


def change_figure(document: Document, place: int, choice: int) -> Document:
    return change_one(
        document, FigureUse, place, lambda use: (dataclasses.replace(use, text=f"{choice}%", form=use.form * choice),)
    )


def cut_text(document: Document, place: int, choice: int) -> Document:
    """Cut a text in two, maybe within a word, so that texts meet."""
    return change_one(
        document, Text, place, lambda text: (Text(text.text[: choice % 9]), Text(text.text[choice % 9 :]))
    )


def set_off(document: Document, place: int, choice: int) -> Document:
    return change_one(document, Text, place, lambda text: (Emphasis((text,)),))


def drop(kind: type[Any]) -> Callable[[Document, int, int], Document]:
    return lambda document, place, choice: change_one(document, kind, place, lambda node: ())


def move_on(kind: type[Any]) -> Callable[[Document, int, int], Document]:
    """Move a node to the place of another of its kind in the same tuple."""

    def move(document: Document, place: int, choice: int) -> Document:
        paths = [path for path in list_paths(document.blocks, kind) if isinstance(path[-1], int)]
        if not paths:
            return document
        *above, index = paths[place % len(paths)]
        return _change_tuple(document, tuple(above), lambda nodes: _move_within(nodes, index, choice))

    return move


def _change_tuple(document: Document, path: Path, change: Callable[[tuple[Any, ...]], tuple[Any, ...]]) -> Document:
    if not path:
        return dataclasses.replace(document, blocks=change(document.blocks))
    # The last step names the field of a node that stands in a tuple.
    return dataclasses.replace(
        document,
        blocks=replace_at(
            document.blocks,
            path[:-1],
            lambda node: (dataclasses.replace(node, **{path[-1]: change(getattr(node, path[-1]))}),),
        ),
    )


def _move_within(nodes: tuple[Any, ...], index: int, choice: int) -> tuple[Any, ...]:
    rest = (*nodes[:index], *nodes[index + 1 :])
    place = choice % (len(rest) + 1)
    return (*rest[:place], nodes[index], *rest[place:])


def double(kind: type[Any]) -> Callable[[Document, int, int], Document]:
    """Put in a node that resembles another."""

    def change(node: Any, choice: int) -> tuple[Any, ...]:
        fresh = dataclasses.replace(node, id=f"{node.id}-{choice}")
        for path in list(list_paths(fresh, Text))[:1]:
            fresh = replace_at(fresh, path, lambda text: (Text(f"{WORDS[choice % len(WORDS)]} {text.text}"),))
        return (node, fresh)

    return lambda document, place, choice: change_one(document, kind, place, lambda node: change(node, choice))


def put_in_paragraph(document: Document, place: int, choice: int) -> Document:
    """Put a paragraph in and count those after it anew, as composing does."""
    place %= len(document.blocks) + 1
    fresh = Paragraph(f"new-{choice}", (Text("A new paragraph on "), Text(WORDS[choice % len(WORDS)])))
    after = [_count_anew(block, choice) for block in document.blocks[place:]]
    return dataclasses.replace(document, blocks=(*document.blocks[:place], fresh, *after))


def _count_anew(block: Block, choice: int) -> Block:
    name, _, number = block.id.rpartition("-")
    return dataclasses.replace(block, id=f"{name}-{int(number) + 1}") if number.isdigit() else block


def move_section(document: Document, place: int, choice: int) -> Document:
    starts = [index for index, block in enumerate(document.blocks) if isinstance(block, Heading)]
    if not starts:
        return document
    start = starts[place % len(starts)]
    end = min([index for index in starts if index > start], default=len(document.blocks))
    section, rest = document.blocks[start:end], (*document.blocks[:start], *document.blocks[end:])
    target = choice % (len(rest) + 1)
    return dataclasses.replace(document, blocks=(*rest[:target], *section, *rest[target:]))


def change_attribute(document: Document, place: int, choice: int) -> Document:
    """Change a value that is no text of its own."""
    value: dict[type[Any], dict[str, Any]] = {
        Heading: {"number": str(choice)},
        Chart: {"points": (), "number": choice},
        KeyStatistic: {"year": (Text(str(choice)),)},
        Note: {"number": choice},
        Row: {"facts": (str(choice),)},
    }
    kind = list(value)[choice % len(value)]
    return change_one(document, kind, place, lambda node: (dataclasses.replace(node, **value[kind]),))


def change_metadata(document: Document, place: int, choice: int) -> Document:
    names = ("title", "edition", "edition_text", "as_of", "as_of_text", "version", "subtitle", "issued")
    changed = {names[place % len(names)]: WORDS[choice % len(WORDS)]}
    return dataclasses.replace(document, metadata=dataclasses.replace(document.metadata, **changed))


EDITS: tuple[Callable[[Document, int, int], Document], ...] = (
    change_words,
    change_figure,
    cut_text,
    set_off,
    put_in_paragraph,
    move_section,
    change_attribute,
    change_metadata,
    *(drop(kind) for kind in (Cite, Note, ListItem, Row, Paragraph, Heading, FigureUse, List, Table, Chart)),
    *(move_on(kind) for kind in (Row, ListItem, Paragraph, List)),
    *(double(kind) for kind in (ListItem, Row, Paragraph, Heading, KeyStatistic)),
)

SCRIPTS = st.lists(
    st.tuples(st.sampled_from(range(len(EDITS))), st.integers(0, 999), st.integers(0, 99)), min_size=1, max_size=6
)


def edit_document(document: Document, script: list[tuple[int, int, int]]) -> Document:
    """Make edits one after the other."""
    for number, place, choice in script:
        document = EDITS[number](document, place, choice)
    return document
