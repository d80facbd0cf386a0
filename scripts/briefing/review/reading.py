"""List what must be read of a new version, grouped by its cause, and what follows by itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from briefing.document.changes import Cause, CauseKind
from briefing.document.nodes import Bibliography, Document
from briefing.document.walking import get_text
from briefing.language.number_formatting import print_figure
from briefing.problems import shorten
from briefing.redline.changes import ListedChange
from briefing.review.causes import UNITS, is_spacing
from briefing.review.comparison import Comparison
from briefing.review.doubts import list_distances
from briefing.review.figure_causes import list_circumstances
from briefing.review.items import ItemMaker, name_departure
from briefing.review.mending import list_new_problems, list_remnants, list_solved_problems, make_finding, make_remnant
from briefing.review.rows import Group, MovedFigure, ReviewItem
from briefing.review.sentences import Sentence
from briefing.review.states import find_roots, has_moved

_BY_FIGURES: frozenset[CauseKind] = frozenset({"data", "as-of", "formula", "wording"})
_TEXTS = ("text", "translation", "wording")


def list_reading(
    compared: Comparison, makers: Mapping[str, ItemMaker], figures: Sequence[MovedFigure], mended: set[int]
) -> list[Group]:
    """List what must be read: sentences that data moved, wordings that say less than they could, texts, findings."""
    maker = makers[compared.source]
    groups = [*_group_data(compared, maker, figures, mended)]
    for other in makers.values():
        groups += _group_texts(compared, other, maker, mended)
    unsure = [make_remnant(remnant, maker) for remnant in list_remnants(compared, maker) if not remnant.is_sure]
    warnings = [problem for problem in list_new_problems(compared) if problem.severity != "error"]
    solved = [make_finding(problem, maker, compared) for problem in list_solved_problems(compared)]
    said = {
        "Wordings that are true, but have gone slack": _list_wordings(compared, maker, is_slack=True),
        "Wordings that have come close to their limit": _list_wordings(compared, maker, is_slack=False),
        "What new data may have made untrue": unsure,
        "What the checks warn of, and did not before": [make_finding(problem, maker, compared) for problem in warnings],
        "What the checks warned of, and do no more": solved,
        "Works that came into the list, or left it": _list_works(compared, maker),
    }
    return [*groups, *(Group(title=title, summary="", items=items) for title, items in said.items() if items)]


def _group_data(
    compared: Comparison, maker: ItemMaker, figures: Sequence[MovedFigure], mended: set[int]
) -> Iterator[Group]:
    """Group the sentences that data moved by the figure that moved by itself; those to be mended are counted only."""
    by_root: dict[str, list[Sentence]] = defaultdict(list)
    moved_by = Counter(_find_root(row["figure"], compared) for row in figures)
    for sentence in maker.sentences:
        names = [use.figure for use in sentence.uses if _has_moved(use.figure, compared)]
        if names and (sentence.runs or sentence.causes):
            by_root[_find_root(names[0], compared)].append(sentence)
    rows = {row["figure"]: row for row in figures if row["old"] and row["new"]}  # others come and go with a text
    for root in sorted({*by_root, *moved_by} & rows.keys(), key=lambda name: -len(by_root[name])):
        sentences = [sentence for sentence in by_root[root] if sentence.block not in maker.charts]
        sections = len({maker.name_section(sentence.place) for sentence in sentences})
        others = f"{_count(moved_by[root], 'figure')} and {_count(len(sentences), 'sentence')}"
        where = f" in {_count(sections, 'section')}" if sections else ""
        items = [
            maker.make_from_sentence(sentence)
            for sentence in sentences
            if id(sentence) not in mended and _is_touched(sentence)
        ]
        row = rows[root]
        title = f"{row['label']}: {_say(row['old'], row['old_period'])} → {_say(row['new'], row['new_period'])}"
        told = sum(id(sentence) in mended for sentence in sentences)
        above = f", of which {told} must be mended" if told else ""
        summary = f"It moved {others}{where}{above}. {_say_origin(root, row, compared)}".strip()
        yield Group(title=title, summary=summary, items=items)


def _say_origin(name: str, row: MovedFigure, compared: Comparison) -> str:
    """Say from where a figure was taken and is, and what else is to be known of its change."""
    before, after = (version.state.figures.get(name) for version in (compared.old, compared.new))
    if before is None or after is None:
        return f"{row['comment']}."
    old, new = (stated[name].origin if name in stated else "" for stated in (compared.voice.old, compared.voice.new))
    is_stated = new != compared.labels["source_unstated"]
    origin = [f"source: {old} → {new}"] if old != new else [f"source: {new}"] if is_stated else []
    formula = [f"its formula is another: {before.formula} → {after.formula}"] if row["cause"] == "formula" else []
    said = "; ".join([*origin, *formula, *list_circumstances(before, after, compared.labels)])
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _is_touched(sentence: Sentence) -> bool:
    return any(cause.kind in _BY_FIGURES for cause in sentence.causes)


def _find_root(name: str, compared: Comparison) -> str:
    return find_roots(name, compared.old.state, compared.new.state)[0]


def _has_moved(name: str, compared: Comparison) -> bool:
    return has_moved(compared.old.state.figures.get(name), compared.new.state.figures.get(name))


def _say(value: str, period: str) -> str:
    return f"{value} ({period})" if value and period else value or "nothing"


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _group_texts(compared: Comparison, maker: ItemMaker, source: ItemMaker, mended: set[int]) -> Iterator[Group]:
    """Group the texts that somebody changed by who did, each sentence once."""
    items: dict[tuple[str, str], list[ReviewItem]] = defaultdict(list)
    shown = set(mended)
    for change in maker.changes:
        if not _is_read(change, maker) or _follows_source(change, maker, source) or {*map(id, change.nodes)} & mended:
            continue
        sentence = next((maker.of_marks[id(node)] for node in change.nodes if id(node) in maker.of_marks), None)
        key = _name_author(change, compared)
        if sentence is None:
            items[key].append(maker.make_from_change(change, _say_kind(change, maker)))
        elif id(sentence) not in shown:
            shown.add(id(sentence))
            items[key].append(maker.make_from_sentence(sentence))
    for (author, comment), found in items.items():
        yield Group(title=f"{author} ({maker.language})", summary=comment, items=_join_alike(found))


def _join_alike(items: Sequence[ReviewItem]) -> list[ReviewItem]:
    """Show what differs in the same words at several places once, and say at how many others."""
    alike: dict[str, list[ReviewItem]] = defaultdict(list)
    for item in items:
        alike[repr((item["says"], item["runs"]))].append(item)
    for first, *others in alike.values():
        if others:
            first["says"] = f"{first['says']} The same at {_count(len(others), 'other place')}.".strip()
    return [first for first, *_ in alike.values()]


def _name_author(change: ListedChange, compared: Comparison) -> tuple[str, str]:
    """Name who made a change, and in which commit; where no commit says so, by its kind, in the words of the page."""
    cause = change.cause
    if cause.day:
        return cause.author, cause.comment.split("\n")[0]
    return compared.labels[f"cause_{cause.kind}"], ""


def _is_read(change: ListedChange, maker: ItemMaker) -> bool:
    """Tell whether a change is one of words, which a reviewer reads, and not in a part that follows from others."""
    is_made = change.block in maker.made and change.kind != "replaced"
    if change.cause.kind not in _TEXTS or change.cause.rule or is_made:
        return False
    return change.kind == "moved" or not is_spacing(change.old, change.new)


def _follows_source(change: ListedChange, maker: ItemMaker, source: ItemMaker) -> bool:
    """Tell whether something was moved or removed in a translation as in its source, and so is read there."""
    return maker is not source and name_departure(change) in source.gone


def _say_kind(change: ListedChange, maker: ItemMaker) -> str:
    match change.kind:
        case "inserted":
            return "Added."
        case "deleted":
            return "Removed."
        case "moved":
            return maker.say_move(change)
    return f"Changed: {change.attribute.replace('_', ' ')}." if change.attribute else ""


def _list_wordings(compared: Comparison, maker: ItemMaker, is_slack: bool) -> list[ReviewItem]:
    """List the wordings that hold, and say less than they could or may soon say too much."""
    documents = (compared.old.documents[compared.source], compared.new.documents[compared.source])
    items = []
    for distance in list_distances(compared.old.state, compared.new.state, documents, compared.language):
        use, figure = distance.use, distance.figure
        if distance.is_slack != is_slack:
            continue
        value = print_figure(figure, compared.language, "numeral")
        share = f"{float(distance.share * 100):.2g}%" if distance.share < 1 else "more than its own value"
        says = f"“{use.text}”: {figure.label} is {value}, {share} from the limit."
        found = [sentence for sentence in maker.sentences if (use.figure, use.form) in _list_forms(sentence)]
        items += [maker.make_from_sentence(sentence, says) for sentence in found]
    return items


def _list_forms(sentence: Sentence) -> set[tuple[str, str]]:
    return {(use.figure, use.form) for use in sentence.uses}


def _list_works(compared: Comparison, maker: ItemMaker) -> list[ReviewItem]:
    old, new = (_read_works(version.documents[compared.source]) for version in (compared.old, compared.new))
    said = [("Added", text) for key, text in new.items() if key not in old]
    said += [("Removed", text) for key, text in old.items() if key not in new]
    return [maker.make_from_text(f"{what}: {text}") for what, text in said]


def _read_works(document: Document) -> dict[str, str]:
    lists = (block for block in document.blocks if isinstance(block, Bibliography))
    return {entry.key: get_text(entry.children) for block in lists for entry in block.entries}


def list_following(compared: Comparison, makers: Mapping[str, ItemMaker]) -> list[str]:
    """List what follows by itself, each cause once: charts drawn anew, and what the house prints otherwise."""
    maker = makers[compared.source]
    drawn = dict.fromkeys(c.block for c in maker.changes if c.block in maker.charts and c.cause.kind not in _TEXTS)
    said = [f"Chart drawn anew: “{maker.charts[name]}”" for name in drawn]
    for other in makers.values():
        read = (change for change in other.changes if _is_read(change, other))
        if gone := [change for change in read if _follows_source(change, other, maker)]:
            places = _count(len(gone), "place")
            said.append(f"Moved or removed in the translation as in the source: {places} ({other.language})")
    houses: dict[str, dict[str, list[ListedChange]]] = defaultdict(lambda: defaultdict(list))
    for tag, other in makers.items():
        for change in other.changes:
            if change.cause.kind == "house" or (change.cause.kind in _TEXTS and change.cause.rule):
                houses[change.cause.rule][tag].append(change)
    for rule, found in houses.items():
        first = next(iter(found.values()))[0]
        counts = {makers[tag].language: len(changes) for tag, changes in found.items()}
        places = ", ".join(f"{_count(count, 'place')} ({language})" for language, count in counts.items())
        is_shown = first.old != first.new and not is_spacing(first.old, first.new)
        example = f", such as “{shorten(first.old, 60)}” → “{shorten(first.new, 60)}”" if is_shown else ""
        comment, author = _say_house(first.cause, compared)
        named = f"{comment} ({rule})" if comment else author
        said.append(f"{named[:1].upper()}{named[1:]}: {places}{example}")
    return said


def _say_house(cause: Cause, compared: Comparison) -> tuple[str, str]:
    """Say what the house does otherwise, and name it, in the words of the page, whatever language tells of it first."""
    labels, unit = compared.labels, cause.rule.removeprefix(f"{UNITS}, ")
    names = {"spaces": labels["cause_spaces"]}
    if unit != cause.rule:
        label = "cause_borrowed" if cause.kind == "translation" else "cause_unit"
        names[cause.rule] = labels[label].format(unit=unit)
    return names.get(cause.rule, cause.comment), labels[f"cause_{cause.kind}"]
