"""Say what a field of a node is, where the field is declared.

Whatever walks, changes, checks or compares nodes asks for runs, parts and texts, and knows no names of fields; so a new
kind of node is walked, checked, translated and compared from the day on which it is declared.
"""

from __future__ import annotations

import dataclasses
from enum import IntFlag, auto
from typing import Any, TypeVar, dataclass_transform


class Role(IntFlag):
    """What a field holds; each field has one role."""

    RUN = auto()
    """A run of inlines."""
    RUNS = auto()
    """Several runs: the cells of a row."""
    PARTS = auto()
    """Nodes that come, go and move one by one: items, rows, lines."""
    MEMBERS = auto()
    """A node, or several, that change only with the node which they belong to."""
    PLAIN = auto()
    """A plain text that readers read, or several."""
    NAME = auto()
    """A name, an address, a number or a choice, which programs read."""
    REDLINE = auto()
    """What only a redline says."""
    OWN = RUN | RUNS | MEMBERS
    """What holds nodes that are no parts."""
    NODES = OWN | PARTS
    CONTENT = NODES | PLAIN | NAME


class Trait(IntFlag):
    """What else is to be known of a field."""

    NONE = 0
    SILENT = auto()
    """It may differ without a mark: the program counts it, or says it to programs only."""
    SHAPE = auto()
    """Where it differs (of several runs: their number), two pieces are never versions of one."""
    WHOLE = auto()
    """A redline compares it as one, and not word by word."""
    APART = auto()
    """It is a title, a label or a cell, and no running text."""
    ASIDE = auto()
    """It does not stand in the line in which its node stands: the text of a footnote."""
    MADE = auto()
    """The program makes it, in the language of the document; there is nothing to translate."""
    LAST = auto()
    """It is read after the fields that are declared below it."""
    QUOTES = auto()
    """It is the number of a sentence of the node's own text; a reader sees the sentence."""
    RARE = auto()
    """It is written only where it says something, so that documents without it are written as ever."""


@dataclasses.dataclass(frozen=True, slots=True)
class Field:
    """What a kind of node says of one of its fields."""

    name: str
    role: Role
    traits: Trait


NONE = Trait.NONE
_ROLE, _TRAITS = "role", "traits"
# Asking for fields anew is most of the work of a walk.
_LISTED: dict[type[Any], tuple[Field, ...]] = {}
_FOUND: dict[tuple[type[Any], Role, Trait, Trait], tuple[str, ...]] = {}
_Node = TypeVar("_Node")


def _declare(role: Role, traits: Trait, default: Any) -> Any:
    return dataclasses.field(default=default, metadata={_ROLE: role, _TRAITS: traits})


def run(traits: Trait = NONE, *, default: Any = dataclasses.MISSING) -> Any:
    """Declare a run of inlines."""
    return _declare(Role.RUN, traits, default)


def runs(traits: Trait = NONE, *, default: Any = dataclasses.MISSING) -> Any:
    """Declare several runs of inlines."""
    return _declare(Role.RUNS, traits, default)


def parts(traits: Trait = NONE, *, default: Any = dataclasses.MISSING) -> Any:
    """Declare nodes that come, go and move one by one."""
    return _declare(Role.PARTS, traits, default)


def members(traits: Trait = NONE, *, default: Any = dataclasses.MISSING) -> Any:
    """Declare a node, or several, that change only with the node which they belong to."""
    return _declare(Role.MEMBERS, traits, default)


def plain(traits: Trait = NONE, *, default: Any = dataclasses.MISSING) -> Any:
    """Declare a plain text for readers, or several."""
    return _declare(Role.PLAIN, traits, default)


def name(traits: Trait = NONE, *, default: Any = dataclasses.MISSING) -> Any:
    """Declare what programs read: a name, an address, a number, a choice."""
    return _declare(Role.NAME, traits, default)


def redline_only(traits: Trait = NONE, *, default: Any = dataclasses.MISSING) -> Any:
    """Declare what only a redline says."""
    return _declare(Role.REDLINE, traits, default)


@dataclass_transform(frozen_default=True, field_specifiers=(run, runs, parts, members, plain, name, redline_only))
def node(kind: type[_Node]) -> type[_Node]:
    """Make a kind of node, of which every field must say what it is."""
    made = dataclasses.dataclass(frozen=True, slots=True)(kind)
    for field in dataclasses.fields(made):  # type: ignore[arg-type]
        if _ROLE not in field.metadata:
            raise TypeError(f"{kind.__name__}.{field.name} does not say what it is: declare it by run(), plain(), …")
    return made


def list_fields(kind: type[Any]) -> tuple[Field, ...]:
    """List the fields of a kind of node in reading order; what is no node has none."""
    if kind not in _LISTED:
        declared = dataclasses.fields(kind) if dataclasses.is_dataclass(kind) else ()
        found = [Field(f.name, f.metadata[_ROLE], f.metadata[_TRAITS]) for f in declared if _ROLE in f.metadata]
        _LISTED[kind] = tuple(sorted(found, key=lambda field: bool(field.traits & Trait.LAST)))
    return _LISTED[kind]


def find_fields(kind: type[Any], roles: Role, without: Trait = NONE, having: Trait = NONE) -> tuple[str, ...]:
    """Name the fields of a kind of node that have one of the roles, none of the traits `without`, all of `having`."""
    asked = (kind, roles, without, having)
    if asked not in _FOUND:
        _FOUND[asked] = tuple(
            field.name
            for field in list_fields(kind)
            if field.role & roles and not field.traits & without and field.traits & having == having
        )
    return _FOUND[asked]


def is_unsaid(field: dataclasses.Field[Any], value: Any) -> bool:
    """Tell whether a field says only that its node is in no redline, or nothing rare, which goes without saying."""
    is_rare = field.metadata.get(_TRAITS, NONE) & Trait.RARE
    return bool((is_rare or field.metadata.get(_ROLE) == Role.REDLINE) and value == field.default)
