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
from briefing.review.doubts import Distance, list_distances
from briefing.review.figure_causes import list_circumstances
from briefing.review.gathering import Gathering
from briefing.review.items import ItemMaker
from briefing.review.mending import list_new_problems, list_remnants, list_solved_problems, make_finding
from briefing.review.passages import TEXTS, PassageList, count_things, follows_source, is_read
from briefing.review.rows import Group, MovedFigure, ReviewItem
from briefing.review.sentences import Sentence
from briefing.review.states import find_roots, has_moved

_BY_FIGURES: frozenset[CauseKind] = frozenset({"data", "as-of", "formula", "wording"})
SLACK, CLOSE = "Wordings that are true, but have gone slack", "Wordings that have come close to their limit"


def list_reading(
    compared: Comparison,
    makers: Mapping[str, ItemMaker],
    figures: Sequence[MovedFigure],
    mended: Mapping[int, ReviewItem],
) -> list[Group]:
    """List what must be read: what may be wrong first, then what changed by section, each sentence once.

    `mended` has the items of what must be mended, by the identities of their sentences and marks.
    """
    maker = makers[compared.source]
    doubts = list_doubtful(compared, maker, mended)
    moved = _trace_sentences(compared, maker, figures)
    passages = PassageList(maker, _name_movers(moved, compared, figures), doubts.items)
    passages.add_moved()
    for other in makers.values():
        passages.add_texts(other)
    works = _list_works(compared, maker)
    listed = [Group(kind="section", title="Works that came into the list, or left it", summary="", items=works)]
    told = _tell_figures(compared, maker, figures, moved, mended)
    return [*doubts.list_groups("doubt"), *told, *passages.list_groups(), *(listed if works else [])]


def list_doubtful(compared: Comparison, maker: ItemMaker, mended: Mapping[int, ReviewItem]) -> Gathering:
    """Gather what holds and may not be meant any more: wordings, what new data touched, what the checks warn of.

    Of a sentence that must be mended it is said there.
    """
    gathering = Gathering(maker)
    gathering.items |= mended
    for distance in list_distances(
        compared.old.state,
        compared.new.state,
        (compared.old.documents[compared.source], compared.new.documents[compared.source]),
        compared.language,
    ):
        title = SLACK if distance.is_slack else CLOSE
        for sentence in maker.sentences:
            if (distance.use.figure, distance.use.form) in _list_forms(sentence):
                gathering.add_sentence(title, sentence, _say_distance(distance, compared))
    for remnant in list_remnants(compared, maker):
        if not remnant.is_sure:
            gathering.add_remnant("What new data may have made untrue", remnant)
    warnings = [problem for problem in list_new_problems(compared) if problem.severity != "error"]
    found = [make_finding(problem, maker, compared) for problem in warnings]
    gathering.add("What the checks warn of, and did not before", found)
    return gathering


def _trace_sentences(
    compared: Comparison, maker: ItemMaker, figures: Sequence[MovedFigure]
) -> dict[str, list[Sentence]]:
    """Trace the sentences that data moved to the figure that moved by itself, by its id."""
    by_root: dict[str, list[Sentence]] = defaultdict(list)
    for sentence in maker.sentences:
        names = [use.figure for use in sentence.uses if _has_moved(use.figure, compared)]
        if names and (sentence.runs or sentence.causes) and sentence.block not in maker.charts:
            by_root[_find_root(names[0], compared)].append(sentence)
    told = {row["figure"] for row in figures if row["old"] and row["new"]}  # others come and go with a text
    return {root: found for root, found in by_root.items() if root in told}


def _name_movers(
    moved: Mapping[str, Sequence[Sentence]], compared: Comparison, figures: Sequence[MovedFigure]
) -> dict[int, str]:
    """Name what moved each sentence that data changed, by the identity of the sentence."""
    titles = {row["figure"]: _title(row) for row in figures}
    return {id(sentence): titles[root] for root, found in moved.items() for sentence in found if _is_touched(sentence)}


def _tell_figures(
    compared: Comparison,
    maker: ItemMaker,
    figures: Sequence[MovedFigure],
    moved: Mapping[str, Sequence[Sentence]],
    mended: Mapping[int, ReviewItem],
) -> Iterator[Group]:
    """Tell of each figure that moved by itself what it moved, and from where it is; most sentences first."""
    others = Counter(_find_root(row["figure"], compared) for row in figures)
    rows = {row["figure"]: row for row in figures if row["old"] and row["new"]}
    for root in sorted(others.keys() & rows.keys(), key=lambda name: (-len(moved.get(name, ())), name)):
        sentences = moved.get(root, ())
        sections = len({maker.name_section(sentence.place) for sentence in sentences})
        where = f" in {count_things(sections, 'section')}" if sections else ""
        told = sum(id(sentence) in mended for sentence in sentences)
        above = f", of which {told} must be mended" if told else ""
        counts = f"{count_things(others[root], 'figure')} and {count_things(len(sentences), 'sentence')}"
        summary = f"It moved {counts}{where}{above}. {_say_origin(root, rows[root], compared)}".strip()
        yield Group(kind="figure", title=_title(rows[root]), summary=summary, items=[])


def _title(row: MovedFigure) -> str:
    return f"{row['label']}: {_say(row['old'], row['old_period'])} → {_say(row['new'], row['new_period'])}"


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


def _say_distance(distance: Distance, compared: Comparison) -> str:
    """Say how far a wording is from being untrue."""
    value = print_figure(distance.figure, compared.language, "numeral")
    share = f"{float(distance.share * 100):.2g}%" if distance.share < 1 else "more than its own value"
    return f"“{distance.use.text}”: {distance.figure.label} is {value}, {share} from the limit."


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
    solved = [make_finding(problem, maker, compared)["says"] for problem in list_solved_problems(compared)]
    drawn = dict.fromkeys(c.block for c in maker.changes if c.block in maker.charts and c.cause.kind not in TEXTS)
    said = [f"The checks do not find any more: {text}" for text in solved]
    said += [f"Chart drawn anew: “{maker.charts[name]}”" for name in drawn]
    for other in makers.values():
        read = (change for change in other.changes if is_read(change, other))
        if gone := [change for change in read if follows_source(change, other, maker)]:
            places = count_things(len(gone), "place")
            said.append(f"Moved or removed in the translation as in the source: {places} ({other.language})")
    houses: dict[str, dict[str, list[ListedChange]]] = defaultdict(lambda: defaultdict(list))
    for tag, other in makers.items():
        for change in other.changes:
            if change.cause.kind == "house" or (change.cause.kind in TEXTS and change.cause.rule):
                houses[change.cause.rule][tag].append(change)
    for rule, found in houses.items():
        first = next(iter(found.values()))[0]
        counts = {makers[tag].language: len(changes) for tag, changes in found.items()}
        places = ", ".join(f"{count_things(count, 'place')} ({language})" for language, count in counts.items())
        is_shown = first.old != first.new and not is_spacing(first.old, first.new)
        example = f", such as {_say_change(first.old, first.new)}" if is_shown else ""
        comment, author = _say_house(first.cause, compared)
        named = f"{comment} ({rule})" if comment else author
        said.append(f"{named[:1].upper()}{named[1:]}: {places}{example}")
    return said


def _say_change(old: str, new: str) -> str:
    """Say what a text was and is, or that it came or went."""
    if old and new:
        return f"“{shorten(old, 60)}” → “{shorten(new, 60)}”"
    return f"“{shorten(old or new, 60)}” {'removed' if old else 'added'}"


def _say_house(cause: Cause, compared: Comparison) -> tuple[str, str]:
    """Say what the house does otherwise, and name it, in the words of the page, whatever language tells of it first."""
    labels, unit = compared.labels, cause.rule.removeprefix(f"{UNITS}, ")
    names = {"spaces": labels["cause_spaces"]}
    if unit != cause.rule:
        label = "cause_borrowed" if cause.kind == "translation" else "cause_unit"
        names[cause.rule] = labels[label].format(unit=unit)
    return names.get(cause.rule, cause.comment), labels[f"cause_{cause.kind}"]
