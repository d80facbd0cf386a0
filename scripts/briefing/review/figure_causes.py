"""Say why a figure moved between two versions, in the words of a language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from briefing.document.changes import Cause
from briefing.figures.figure import Figure
from briefing.review.states import State, StatedFigure, has_moved, was_computed, was_overwritten


@dataclass(frozen=True, slots=True)
class Voice:
    """The words of a language for causes: the house's labels, and what either annex says of each figure."""

    labels: Mapping[str, str]
    old: Mapping[str, StatedFigure] = field(default_factory=dict)
    new: Mapping[str, StatedFigure] = field(default_factory=dict)

    def name_cause(self, kind: str, detail: str = "") -> str:
        """Name the author of changes of a kind: "Data: World Bank, 2026"."""
        label = self.labels[f"cause_{kind}"]
        return self.labels["cause_detail"].format(cause=label, detail=detail) if detail else label

    def join(self, first: str, *others: str) -> str:
        """Join what is said of one cause."""
        for more in others:
            first = self.labels["cause_more"].format(cause=first, more=more)
        return first

    def say_move(self, name: str, before: Figure, after: Figure, as_seen: bool = True) -> str:
        """Say what a figure was and is, as the annex has it."""
        old, new = (_state(figure, self, side) for figure, side in ((before, self.old), (after, self.new)))
        said = [", ".join(filter(None, (one.period, one.origin if as_seen else ""))) for one in (old, new)]
        said[0] = "" if said[0] == said[1] else said[0]
        one, other = (
            f"{side.value} ({text})" if text else side.value for side, text in zip((old, new), said, strict=True)
        )
        return self.labels["cause_detail"].format(cause=new.label, detail=f"{one} → {other}")


def _state(figure: Figure, voice: Voice, stated: Mapping[str, StatedFigure]) -> StatedFigure:
    """State a figure as the annex does; one that no text prints stands there with its value to four decimals."""
    if figure.id in stated:
        return stated[figure.id]
    places = max(4, 3 - figure.value.adjusted())
    value = format(round(figure.value, places).normalize(), "f")
    return StatedFigure(
        figure.label, f"{value} {figure.unit}", ", ".join(figure.periods), voice.labels["source_unstated"]
    )


def explain_figure(name: str, old: State, new: State, voice: Voice) -> Cause:
    """Say why a figure changed; of a derived one, the input that moved it is named."""
    labels = voice.labels
    before, after = old.figures.get(name), new.figures.get(name)
    if before is None or after is None:
        known = before or after
        label = known.label if known else name
        return Cause(
            "text", labels["cause_text"], labels["figure_new" if before is None else "figure_gone"].format(figure=label)
        )
    if before.derived_from and after.derived_from and before.formula != after.formula:
        formulas = f"{before.formula} → {after.formula}"
        return Cause(
            "formula", labels["cause_formula"], voice.join(voice.say_move(name, before, after, False), formulas)
        )
    if after.derived_from and not was_computed(before, after):
        for used in after.derived_from:
            if has_moved(old.figures.get(used), new.figures.get(used)):
                cause = explain_figure(used, old, new, voice)
                follows = labels["cause_follows"].format(cause=cause.comment)
                moved = voice.say_move(name, before, after, False)
                return Cause(cause.kind, cause.author, voice.join(moved, follows))
    if not has_moved(before, after) and not was_computed(before, after):
        if (before.scale, before.digits) != (after.scale, after.digits):
            return Cause("wording", labels["cause_wording"], labels["cause_form"].format(figure=after.label))
        return Cause("house", labels["cause_house"])
    detail = voice.join(voice.say_move(name, before, after), *list_circumstances(before, after, labels))
    author = voice.name_cause("data", _name_source(after, voice, new))
    is_known = old.as_of != new.as_of and _was_there(after, old) and not was_overwritten(before, after)
    return Cause("as-of" if is_known else "data", author, detail)


def list_circumstances(before: Figure, after: Figure, labels: Mapping[str, str]) -> list[str]:
    """Say what else is to be known of a figure that moved: another method, a row that was overwritten, a revision."""
    said = []
    if was_computed(before, after):
        said.append(labels["cause_observed" if before.derived_from else "cause_computed"])
    if was_overwritten(before, after):
        said.append(labels["cause_overwritten"])
    elif before.periods == after.periods and before.known_on != after.known_on and not after.derived_from:
        said.append(labels["cause_revised"].format(date=after.known_on))
    return said


def _name_source(figure: Figure, voice: Voice, state: State) -> str:
    if figure.id in voice.new and not figure.derived_from:
        return voice.new[figure.id].origin
    return ", ".join(state.names.get(key, key) for key in figure.sources)


def _was_there(figure: Figure, state: State) -> bool:
    """Tell whether the observation behind a figure stood in a version's table, known or not on its as-of date."""
    return any((period, known_on) == (figure.periods[0], figure.known_on) and value == _plain(figure)
               for _, period, value, known_on in state.rows)  # fmt: skip


def _plain(figure: Figure) -> str:
    return format(figure.value.normalize(), "f")
