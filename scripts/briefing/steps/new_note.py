"""Check a note that is only in memory yet, and make its catalogues, so that what is written builds at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefing.checks.tables import read_descriptor
from briefing.problems import Problem, SourceError, decode_problem
from briefing.report.content import judge_problems
from briefing.sources.data_package import HOUSE, SOURCE, complete_package
from briefing.sources.snapshot import read_snapshot
from briefing.steps.compose import Target, compose_language
from briefing.steps.derive import derive_note
from briefing.steps.translate import name_catalogues, refresh_catalogues
from briefing.steps.validate import check_sources


def list_columns(note: str, raw: Mapping[str, bytes], table: str) -> list[str]:
    """List the columns that a table of a note has by its descriptor and that of the house."""
    descriptor = read_descriptor(f"sources/{HOUSE}", complete_package(note, raw)[f"{note}/{SOURCE}"])
    resource = next(row for row in descriptor["resources"] if row["path"] == table)
    return [field["name"] for field in resource["schema"]["fields"]]


def finish_note(
    note: str,
    raw: Mapping[str, bytes],
    house_files: Mapping[str, bytes],
    languages: Sequence[str],
    policy: Mapping[str, str],
    names: Mapping[str, str],
) -> dict[str, bytes]:
    """Check and compose a note in all languages, and give its message catalogues by path below sources/.

    `raw` has its sources and those that all notes share, `names` the names of countries by their codes, which are
    translated at once. This fails with a `SourceError` that lists what would stop the
    build.
    """
    _refuse(judge_problems(check_sources(note, raw), policy))
    snapshot = read_snapshot(note, raw)
    derived = derive_note(snapshot, ())
    source = languages[0]
    _, findings = compose_language(snapshot, derived, house_files, Target(source, source, release=False))
    refreshes = refresh_catalogues(snapshot, findings, house_files, {}, source, languages[1:])
    texts = {refresh.path: refresh.refreshed.text.encode("utf-8") for refresh in refreshes}
    paths = {f"{note}/translations/{tag}.po": name_catalogues(note, tag)[1] for tag in languages[1:]}
    catalogues = {
        name: translate_names(texts[path].decode("utf-8"), names, tag).encode("utf-8")
        for (name, path), tag in zip(paths.items(), languages[1:], strict=True)
    }
    found = [*derived["problems"], *findings["problems"]]
    whole = read_snapshot(note, {**raw, **catalogues})
    for tag in languages[1:]:
        found += compose_language(whole, derived, house_files, Target(tag, source, release=False))[1]["problems"]
    _refuse(judge_problems(map(decode_problem, found), policy))
    return catalogues


def translate_names(catalogue: str, names: Mapping[str, str], language: str) -> str:
    """Translate the messages of a new catalogue that are names of countries (by their codes), as CLDR has them."""
    from babel import Locale

    for code, translated in Locale(language).territories.items():
        if code in names:
            empty = f'msgid "{names[code]}"\nmsgstr ""\n'
            catalogue = catalogue.replace(empty, f'msgid "{names[code]}"\nmsgstr "{translated}"\n')
    return catalogue


def _refuse(problems: Sequence[Problem]) -> None:
    if errors := [problem for problem in problems if problem.severity == "error"]:
        raise SourceError(errors)
