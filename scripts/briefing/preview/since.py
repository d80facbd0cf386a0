"""List what has changed in a note since an edition was published, as `make changes` does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from briefing.language.house_texts import read_house
from briefing.preview.session import Desk
from briefing.review import TEMPLATES
from briefing.review.impact_page import write_impact_page
from briefing.steps.compare import TABLES, compare_versions, read_version
from briefing.steps.compose import Target
from briefing.steps.publish import check_frozen
from briefing.steps.take_version import fill_languages, make_version

NOW = "now"


@dataclass(frozen=True, slots=True)
class Since:
    """What is compared, as another process can be handed it: the files of an edition, and the sources as they are."""

    note: str
    edition: str
    files: Mapping[str, bytes]
    raw: Mapping[str, bytes]
    targets: tuple[Target, ...]
    policy: Mapping[str, str]
    templates: Mapping[str, bytes]
    fonts: Mapping[str, bytes]


def plan_since(desk: Desk, raw: Mapping[str, bytes], edition: str, files: Mapping[str, bytes]) -> Since:
    """Plan the comparison of an edition, whose files are by path in its folder, with the sources as they are.

    This fails with a `SourceError` where the edition does not stand as it was published.
    """
    check_frozen(f"sources/{desk.note}/editions/{edition}", files)
    targets = tuple(Target(target.tag, target.source, target.locale, release=False) for target in desk.targets)
    return Since(desk.note, edition, files, raw, targets, desk.policy, desk.templates, desk.fonts)


def list_since(since: Since) -> bytes:
    """Give the page of what has changed; this fails with a `SourceError` where one of the two cannot be read."""
    tags = [target.tag for target in since.targets]
    houses = {target.tag: read_house(target.tag, since.templates, target.locale) for target in since.targets}
    made = make_version(since.note, since.raw, since.templates, since.targets)
    tables = {f"sources/common/{name}.yaml": since.raw[f"common/{name}.yaml"] for name in TABLES}
    old = read_version(since.edition, since.note, fill_languages(since.files, tags), tags)
    new = read_version(NOW, since.note, {**tables, **made}, tags)
    _, impact = compare_versions(old, new, houses, since.policy)
    templates = {name: since.templates[name].decode("utf-8") for name in TEMPLATES}
    return write_impact_page(impact, templates, since.fonts, pages=f"/{since.note}").encode("utf-8")
