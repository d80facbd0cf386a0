"""List what must be mended before a new version can be approved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from briefing.document.nodes import FigureUse
from briefing.document.walking import walk_nodes
from briefing.figures.figure import Figure
from briefing.formats.yaml_source import find_place
from briefing.language.number_formatting import print_figure
from briefing.problems import EncodedProblem, Problem, decode_problem
from briefing.report.content import judge_problems
from briefing.review.comparison import Comparison
from briefing.review.doubts import Doubt, print_offers
from briefing.review.gathering import Gathering
from briefing.review.items import ItemMaker
from briefing.review.outdated import Remnant, find_remnants
from briefing.review.rows import Group, ReviewItem
from briefing.review.states import has_moved

TITLES = {
    "wording": "Wordings that are not true",
    "citation": "Citations of what is no longer the source",
    "method": "Words for a method that is no longer the one",
    "date": "Dates that are out of step",
    "finding": "What the checks find, and did not find before",
}
_DIGITS = re.compile(r"\d+")
HEDGES = "sources/common/hedges.yaml"


def list_mending(compared: Comparison, makers: Mapping[str, ItemMaker]) -> tuple[list[Group], dict[int, ReviewItem]]:
    """List what must be mended, and its items by the identities of the sentences and marks that they name."""
    maker = makers[compared.source]
    gathering = Gathering(maker)
    for sentence in maker.sentences:
        for figure, form in dict.fromkeys((use.figure, use.form) for use in sentence.uses):
            if doubt := compared.doubts.get((figure, form)):
                gathering.add_sentence(TITLES["wording"], sentence, _explain_doubt(doubt, form, compared))
    for remnant in list_remnants(compared, maker):
        if remnant.is_sure:
            gathering.add_remnant(TITLES[remnant.kind], remnant)
    errors = [problem for problem in list_new_problems(compared) if problem.severity == "error"]
    gathering.add(TITLES["finding"], [make_finding(problem, maker, compared) for problem in errors])
    named: dict[int, ReviewItem] = {}
    for tag, other in makers.items():
        if tag != compared.source:
            title = f"Translations to bring up to date ({other.language})"
            gathering.add(title, _list_translations(compared, other, maker, named))
    return gathering.list_groups("mend"), {**gathering.items, **named}


def _explain_doubt(doubt: Doubt, form: str, compared: Comparison) -> str:
    """Say why a wording is not true, and what would be: its figure moved, or its hedge promises something else."""
    figure, language = doubt.figure, compared.language
    before = compared.old.state.figures.get(figure.id)
    value = print_figure(figure, language, "numeral")
    said = f"“{doubt.text}” is not true: {figure.label} is {value}"
    if before is not None and has_moved(before, figure):
        said += f", and was {print_figure(before, language, 'numeral')}"
    elif _had_form(figure, form, compared):
        said += f" as before, but {_say_rule(doubt, compared)}"
    offers = " or ".join(print_offers(doubt, language))
    return f"{said}. True would be {offers}." if offers else f"{said}."


def _had_form(figure: Figure, form: str, compared: Comparison) -> bool:
    """Tell whether the old version states a figure in a form too."""
    uses = walk_nodes(compared.old.documents[compared.source].blocks)
    return any(isinstance(use, FigureUse) and (use.figure, use.form) == (figure.id, form) for use in uses)


def _say_rule(doubt: Doubt, compared: Comparison) -> str:
    """Say which rule of a hedge is another one now."""
    hedge, in_words = doubt.wording.hedge, not doubt.wording.typed[:1].isdigit() and doubt.wording.typed
    name = "words_tolerance" if in_words else "tolerance"
    old, new = (
        version.tables.get("hedges", {}).get("hedges", {}).get(hedge, {}) for version in (compared.old, compared.new)
    )
    was = f", and allowed {_say_share(old[name])}" if name in old else ""
    allows = f"allows {_say_share(new[name])} on a side{was}" if name in new else "promises something else"
    place = find_place(HEDGES, compared.new.tables.get("hedges", {}), ("hedges", hedge))
    return f"“{hedge}” now {allows} ({place.file}:{place.line})"


def _say_share(share: str) -> str:
    return f"{format((Decimal(share) * 100).normalize(), 'f')}%"


def list_remnants(compared: Comparison, maker: ItemMaker) -> list[Remnant]:
    """List what new data has left behind."""
    return [*find_remnants(compared.old, compared.new, maker.sentences, compared.language)]


def list_new_problems(compared: Comparison) -> list[Problem]:
    """List what the checks of the source language find in the new version and did not find in the old one.

    A wording that is not true is left out: it is told with its sentence.
    """
    told = [f'"{doubt.text}" is false: {doubt.figure.id} is ' for doubt in compared.doubts.values()]
    return [problem for problem in _compare_problems(compared) if not problem.message.startswith(tuple(told))]


def list_solved_problems(compared: Comparison) -> list[Problem]:
    """List what the checks found in the old version and find no more."""
    return _compare_problems(compared, backward=True)


def _compare_problems(compared: Comparison, backward: bool = False) -> list[Problem]:
    versions = (compared.new, compared.old) if backward else (compared.old, compared.new)
    before, after = ([*version.problems, *version.findings[compared.source]["problems"]] for version in versions)
    known = {_name_problem(fields) for fields in before}
    fresh = [decode_problem(fields) for fields in after if _name_problem(fields) not in known]
    return judge_problems(dict.fromkeys(fresh), compared.policy)


def _name_problem(fields: EncodedProblem) -> tuple[str, str, str]:
    """Name a problem whatever its line, which moves with the text above it.

    Old data is told of by its age, which grows, and with advice, which the house words: neither is another finding.
    """
    message = fields["message"]
    if fields["kind"] == "staleness":
        message = _DIGITS.sub("", message.split("; ")[0])
    return fields["kind"], fields["file"], message


def make_finding(problem: Problem, maker: ItemMaker, compared: Comparison) -> ReviewItem:
    """Make the item of what the checks find."""
    return maker.make_from_text(name_figures(problem.message, compared), f"{problem.file}:{problem.line}")


def name_figures(message: str, compared: Comparison) -> str:
    """Name figures by their labels, and end what the checks say as a sentence."""
    figures = {**compared.old.state.figures, **compared.new.state.figures}
    named = re.sub(r"^\w+", lambda name: figures[name[0]].label if name[0] in figures else name[0], message)
    return f"{named[:1].upper()}{named[1:].rstrip('.')}."


def _list_translations(
    compared: Comparison, maker: ItemMaker, source: ItemMaker, named: dict[int, ReviewItem]
) -> Iterator[ReviewItem]:
    """List the messages that a language does not translate, or not since they changed, and did before.

    What the old translation says is shown with it, where a sentence of the redline has both.
    """
    tag, old = maker.tag, compared.old.findings.get(maker.tag)
    known = {_name_problem(fields) for fields in (old or {"problems": []})["problems"]}
    for fields in compared.new.findings[tag]["problems"]:
        if fields["kind"] != "translation" or _name_problem(fields) in known:
            continue
        place = f"{fields['file']}:{fields['line']}"
        said = name_figures(fields["message"], compared)
        found = [
            sentence
            for sentence in maker.sentences
            if any(cause.kind == "text" for cause in sentence.causes)
            and place in {each.find_place(sentence.part, sentence.block) for each in (maker, source)}
        ]
        # The texts of a chart are compared whole.
        changes = [
            change
            for change in maker.changes
            if change.block in maker.charts
            and (change.kind, change.cause.kind) == ("replaced", "text")
            and place in {each.find_place(change.part, change.block) for each in (maker, source)}
        ]
        made = {id(sentence): maker.make_from_sentence(sentence, said) for sentence in found}
        for change in changes:
            item = maker.make_from_change(change, said)
            made |= dict.fromkeys(map(id, change.nodes), item)
            yield item
        yield from (made[id(sentence)] for sentence in found)
        named |= made
        if not made:
            yield maker.make_from_text(said, place)
