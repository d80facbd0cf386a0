"""A refresh as a whole: what it proposes, what accepting that would bring, and that nothing changes by itself."""

import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

import lxml.html
import pytest
from ruamel.yaml import YAML

import refresh as script
from briefing.problems import SourceError
from briefing.refresh.origins import Origin
from briefing.steps.compose import Target
from briefing.steps.refresh import RefreshedNote, refresh_note, write_proposal_page
from briefing.workflow.command_line import read_day
from briefing.workflow.files import read_folder
from support.editions import change_raw, read_raw, read_source
from support.house import ROOT, read_house_files, read_page_templates
from support.publishers import Reply, publish
from support.refreshing import DAY, FIGURES, OTHER, answer, refresh
from support.workflow import make_folder


def give(origin: Origin) -> tuple[Sequence[bytes], str]:
    return [answer()[origin.series].encode("utf-8")], DAY


def write_page(found: RefreshedNote) -> str:
    return write_proposal_page(found.proposal, read_page_templates(), {})


def test_a_proposal_says_what_is_new_and_what_it_would_bring() -> None:
    found = refresh(answer())
    verdicts = {row["indicator"]: [v["verdict"] for v in row["values"]] for row in found.proposal["indicators"]}
    assert verdicts == {"population": ["confirmed", "new"], "area": ["confirmed"]}
    assert "+population,2020,1400000,persons,worldbank-2026-11-26,2026-11-26,A," in found.files["observations.patch"]
    assert '+    "id": "worldbank-2026-11-26",' in found.files["bibliography.patch"]
    assert '+as_of: "2026-11-26"' in found.files["as-of.patch"]
    impact = found.proposal["impact"]
    assert impact is not None
    moved = {row["figure"]: (row["old"], row["new"]) for row in impact["figures"]}
    assert moved["population"] == ("1.2\u00a0million", "1.4\u00a0million") and "population_density" in moved
    text = found.files["proposal.md"]
    assert "| 2020 |  | 1,400,000 | new |" in text and "- Population: 1.2\u00a0million → 1.4\u00a0million" in text
    assert "Must mend: " in text and "says nothing" not in text
    assert found.proposal["without_origin"] == ["guards", "women_guards"] and found.failures == ()


def test_commits_are_by_publisher_and_the_last_moves_the_as_of_date() -> None:
    first, last = refresh(answer()).commits
    assert first.message.startswith("Add what World Bank has published") and "population: SP.POP.TOTL" in first.message
    assert [*first.files] == ["tiny/observations.csv", "tiny/bibliography.json"] and [*last.files] == ["tiny/note.yaml"]
    changed = {name.removeprefix("tiny/"): text.decode() for name, text in {**first.files, **last.files}.items()}
    again = refresh(answer(), **changed)
    assert again.commits == () and again.files["observations.patch"] == ""


def test_what_cannot_be_had_is_told_at_its_origin_and_the_others_go_on() -> None:
    found = refresh({"SP.POP.TOTL": answer()["SP.POP.TOTL"]})
    (failure,) = found.failures
    line = FIGURES.count("\n", 0, FIGURES.index("origin: {publisher: worldbank, series: AG")) + 1
    assert str(failure) == (
        f"sources/tiny/figures.yaml:{line}:13: World Bank, AG.SRF.TOTL.K2: it is answered with 404; "
        "look at the address in a browser"
    )
    assert (
        "population" in found.files["observations.patch"]
        and "AG.SRF.TOTL.K2): it is answered" in found.files["proposal.md"]
    )


def test_a_jump_beyond_the_bounds_is_shown_with_its_row() -> None:
    found = refresh(answer({"2018": 1200000, "2020": 14000000}))
    assert found.proposal["impact"] and found.proposal["problems"] == []
    assert "Population (2020): 14000000 is 11 times" in found.files["proposal.md"]


def test_the_same_answers_give_the_same_bytes() -> None:
    first, second = refresh(answer()), refresh(answer())
    assert first.files == second.files and first.commits == second.commits


def test_the_page_shows_doubts_first_and_lines_where_there_are_enough_values() -> None:
    found = refresh(answer({"2018": 1200000, "2020": "1400000 E", "2021": 1500000}))
    page = write_page(found)
    words = lxml.html.document_fromstring(page).text_content()
    assert "1 confirmed" in words and "make refresh NOTE=tiny OFFLINE=1 APPLY=1" in words
    assert page.index("The value of 2020 is an estimate") < page.index("What publishers say")
    assert page.count('<svg class="lines"') == 1 and 'aria-label="population: 1200000 in 2018, 1500000 in 2021"' in page


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "  population:\n    every",
            OTHER + "  population:\n    every",
            "no publisher of sources/common/publishers.yaml; did",
        ),
        ("series: SP.POP.TOTL", "series: SP.POP", 'series of population is "SP.POP.TOTL" in all notes'),
        (", area: RUR", "", "World Bank is asked by area, and none is given; add it here, or for all indicators to"),
        ("series: SP", "serie: SP", "did you mean"),
    ],
)
def test_a_wrong_origin_is_told_at_its_place(old: str, new: str, says: str) -> None:
    with pytest.raises(SourceError) as told:
        refresh(answer(), **{"figures.yaml": FIGURES.replace(old, new, 1)})
    assert says in str(told.value) and "sources/tiny/figures.yaml:" in str(told.value)


def make_project(parent: Path, address: str) -> Path:
    folder = make_folder(parent)
    (folder / "sources/tiny/figures.yaml").write_text(FIGURES, "utf-8")
    publishers = folder / "sources/common/publishers.yaml"
    text = publishers.read_text("utf-8").replace("https://api.worldbank.org", address)
    publishers.write_text(text.replace("pause: 1", "pause: 0"), "utf-8")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "Begin"]):
        run_git(folder, *command)
    return folder


def run_git(folder: Path, *command: str) -> str:
    named = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *command]
    return subprocess.run(named, cwd=folder, check=True, capture_output=True, text=True).stdout


def run(folder: Path, **settings: str) -> int:
    """Refresh as the script does, on the day of the tests."""
    return script.main(folder, {**dict.fromkeys(script.SETTINGS, ""), **settings}, lambda: DAY)


def give_replies() -> dict[str, list[Reply]]:
    path = "/v2/country/RUR/indicator/{}?format=json&source=2&per_page=1000&page=1"
    answers = answer({"2018": 1200000, "2020": 1195000})
    return {path.format(series): [Reply(text)] for series, text in answers.items()}


@pytest.fixture
def _named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"):
        monkeypatch.setenv(name, "a@example.org")


@pytest.mark.usefixtures("_named")
def test_nothing_changes_until_the_branch_is_made_which_needs_no_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with publish(give_replies()) as publisher:
        folder = make_project(tmp_path, publisher.address)
        before = read_folder(folder / "sources")
        assert run(folder) == 0
    assert "2 series asked for" in capsys.readouterr().out and read_folder(folder / "sources") == before
    place = folder / "outputs/tiny/refresh" / DAY
    run_git(folder, "apply", "--check", str(place / "observations.patch"))
    made = read_folder(place)
    monkeypatch.setattr("briefing.workflow.asking.BACKOFF", 0)
    assert run(folder) == 2 and read_folder(place) != made  # nobody answers; what was given before is kept

    def refuse(*_: object) -> None:
        raise OSError("the network is cut off")

    monkeypatch.setattr("socket.socket", refuse)
    assert run(folder, OFFLINE="1", APPLY="1") == 0
    assert read_folder(place) == made
    assert read_folder(folder / "sources") == before and run_git(folder, "status", "--porcelain", "sources") == ""
    subjects = run_git(folder, "log", "--format=%s", f"refresh/tiny-{DAY}", "^HEAD").splitlines()
    assert [subject.split()[0] for subject in subjects] == ["Take", "Add"]
    capsys.readouterr()
    assert run(folder, OFFLINE="1", APPLY="1") == 2 and "There is a branch" in capsys.readouterr().err


@pytest.mark.usefixtures("_named")
def test_what_is_not_committed_is_no_ground_for_a_branch_and_what_failed_is_told_with_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replies = dict([*give_replies().items()][:1])
    with publish(replies) as publisher:
        folder = make_project(tmp_path, publisher.address)
        (folder / "sources/tiny/note.yaml").open("a", encoding="utf-8").write("# Later.\n")
        assert run(folder, APPLY="1") == 2
    said = capsys.readouterr().err
    assert "figures.yaml" in said and "404" in said and "1 problem; the others" in said
    assert "tiny: There are changes under sources/ that are not committed" in said
    assert run_git(folder, "branch", "--list", "refresh/*") == ""


def test_a_publisher_that_fails_and_a_note_with_an_error_give_the_exit_code_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with publish({}) as publisher:
        folder = make_project(tmp_path, publisher.address)
    assert run(folder, OFFLINE="1") == 2
    said = capsys.readouterr().err
    assert "figures.yaml" in said and "2 problems; the others" in said
    (folder / "sources/tiny/observations.csv").write_text("period\n", "utf-8")
    assert run(folder, OFFLINE="1") == 2 and "observations.csv:1" in capsys.readouterr().err


def test_a_note_without_origins_asks_nobody_and_says_so() -> None:
    found = refresh({}, **{"figures.yaml": read_source("tiny", "figures.yaml")})
    assert found.commits == () and "No indicator of tiny has an origin" in found.files["proposal.md"]
    assert "there is nothing to accept" in write_page(found)


def test_a_series_of_an_indicator_without_a_row_is_told() -> None:
    figures = FIGURES.replace(
        "    formula: population / area\n", "    formula: population / area\n    indicator: density\n"
    )
    figures += "  density:\n    origin: {publisher: worldbank, series: EN.POP.DNST, area: RUR}\n"
    found = refresh(answer(), **{"figures.yaml": figures})
    (failure,) = found.failures
    assert "observations.csv has no row of it yet; add one" in failure.message


def test_a_clock_that_is_behind_the_note_is_told() -> None:
    note = read_source("tiny", "note.yaml")
    late = re.sub(r'as_of: "[^"]+"', 'as_of: "2026-11-27"', note)
    with pytest.raises(SourceError, match="as_of is 2026-11-27, and the clock says 2026-11-26"):
        refresh(answer(), **{"note.yaml": late})


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("{area}/", "{country}/", "the address has {country}; expected no fields but {series}, {area} and {page}"),
        ("{area}/", "{/", "the address has {}"),
        ("kind: worldbank", "kind: csv", "a table needs the names of its columns"),
        ("kind: worldbank", "kind: sdmx", "sdmx-csv"),
    ],
)
def test_a_publisher_that_cannot_be_asked_is_told_at_its_place(old: str, new: str, says: str) -> None:
    raw = change_raw("tiny", {"figures.yaml": FIGURES})
    name = "common/publishers.yaml"
    raw[name] = raw[name].replace(old.encode(), new.encode(), 1)
    with pytest.raises(SourceError) as told:
        refresh_note("tiny", raw, read_house_files(), [Target("en", "en", "")], give, DAY, {})
    assert says in str(told.value) and f"sources/{name}:" in str(told.value)


@pytest.mark.parametrize(("said", "expected"), [("1795780800", "2026-11-27"), ("soon", None)])
def test_the_day_is_that_of_the_epoch_where_one_is_said(
    said: str, expected: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", said)
    if expected:
        assert read_day() == expected
    else:
        with pytest.raises(SystemExit, match="expected seconds since 1970"):
            read_day()


PROGRAMS = {
    "make": 'git branch "refresh/tiny-2026-11-26"; mkdir -p outputs/tiny/refresh/2026-11-26; exit 2',
    "gh": 'if [ "$2" = list ]; then cat open.txt; else echo "$@" >> said.txt; fi',
}
"""What stands in for programs that a workflow of GitHub calls."""


@pytest.mark.usefixtures("_named")
@pytest.mark.parametrize(
    ("already", "asked"), [("", 1), ("refresh/tiny-2026-11-19", 0), ("refresh/tiny-two-2026-11-19", 1)]
)
def test_each_week_a_pull_request_has_what_is_new_unless_one_is_open(tmp_path: Path, already: str, asked: int) -> None:
    """The script of the workflow itself is run, with programs beside it that note what they are called with."""
    workflow = YAML(typ="safe").load((ROOT / ".github/workflows/refresh.yaml").read_text("utf-8"))
    (script,) = [step["run"] for step in workflow["jobs"]["refresh"]["steps"] if "run" in step]
    (tmp_path / "sources/tiny").mkdir(parents=True)
    (tmp_path / "sources/tiny/note.yaml").write_text("note: tiny", "utf-8")
    (tmp_path / "open.txt").write_text(already, "utf-8")
    for name, does in PROGRAMS.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{does}\n", "utf-8")
        (tmp_path / name).chmod(0o755)
    for command in (
        ["init", "-q"],
        ["add", "sources"],
        ["commit", "-q", "-m", "Begin"],
        ["remote", "add", "origin", "elsewhere"],
    ):
        run_git(tmp_path, *command)
    run_git(tmp_path, "init", "-q", "--bare", "elsewhere")
    path = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-e", "-c", script], cwd=tmp_path, env=path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    said = (tmp_path / "said.txt").read_text("utf-8").splitlines() if (tmp_path / "said.txt").exists() else []
    assert len(said) == asked == done.stdout.count("::warning::some series of tiny could not be had")
    assert all("--body-file outputs/tiny/refresh/2026-11-26/proposal.md" in line for line in said)


def test_every_note_has_origins_of_publishers_that_are_known() -> None:
    from briefing.formats.yaml_source import check_schema, read_yaml
    from briefing.refresh.origins import check_origins, read_publishers
    from briefing.sources.snapshot import read_snapshot
    from support.editions import FOLDERS

    common = ROOT / "sources/common"
    written = read_yaml("p.yaml", (common / "publishers.yaml").read_text("utf-8"))
    schema = (common / "schemas/publishers.yaml").read_text("utf-8")
    check_schema("p.yaml", written, read_yaml("s.yaml", schema, plain=False))
    for note in FOLDERS:
        snapshot = read_snapshot(note, read_raw(note))
        assert list(check_origins(snapshot.sources, read_publishers(written))) == []
