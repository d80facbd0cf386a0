"""A refresh as a whole: what it proposes, what accepting that would bring, and that nothing changes by itself."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from briefing.problems import SourceError
from briefing.refresh.answers import AnswerError
from briefing.refresh.origins import Origin
from briefing.steps.compose import Target
from briefing.steps.refresh import RefreshedNote, refresh_note, write_proposal_page
from briefing.workflow.files import read_folder
from support.editions import change_raw, read_raw, read_source
from support.house import ROOT, read_house_files
from support.publishers import Reply, publish, write_worldbank
from support.workflow import make_folder, run_workflow

DAY = "2026-11-26"
FIGURES = read_source("tiny", "figures.yaml").replace(
    "    every: 1 year\n", "    every: 1 year\n    origin: {publisher: worldbank, series: SP.POP.TOTL, area: RUR}\n", 1
) + "  area:\n    origin: {publisher: worldbank, series: AG.SRF.TOTL.K2, area: RUR}\n"  # fmt: skip
OTHER = "  guards:\n    origin: {publisher: worldbnk, series: MS.MIL.TOTL.P1, area: RUR}\n"
POPULATION = {"2018": 1200000, "2020": 1400000}
AREA = {"2022": 41000}


def refresh(answers: Mapping[str, str], **changes: str) -> RefreshedNote:
    def ask(origin: Origin) -> tuple[Sequence[bytes], str]:
        if origin.series not in answers:
            raise AnswerError("it is answered with 404; look at the address in a browser")
        return [answers[origin.series].encode("utf-8")], DAY

    raw = change_raw("tiny", {"figures.yaml": FIGURES, **changes})
    return refresh_note("tiny", raw, read_house_files(), [Target("en", "en", "")], ask, DAY, {"staleness": "warning"})


def answer(population: Mapping[str, Any] = POPULATION) -> dict[str, str]:
    return {
        "SP.POP.TOTL": write_worldbank("SP.POP.TOTL", population),
        "AG.SRF.TOTL.K2": write_worldbank("AG.SRF.TOTL.K2", AREA, "Surface area"),
    }


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
    page = write_proposal_page(found.proposal, (ROOT / "templates/refresh.html.j2").read_text("utf-8"))
    assert page.index("the value of 2020 is an estimate") < page.index("What publishers say")
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


def run(folder: Path, *settings: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts/refresh.py"), str(folder), *settings]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=170)


@pytest.mark.workflow
def test_from_a_refresh_to_the_note_that_has_its_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"):
        monkeypatch.setenv(name, "a@example.org")
    path = "/v2/country/RUR/indicator/{}?format=json&source=2&per_page=1000&page=1"
    answers = answer({"2018": 1200000, "2020": 1195000})
    replies = {path.format(series): [Reply(text)] for series, text in answers.items()}
    with publish(replies) as publisher:
        folder = make_project(tmp_path, publisher.address)
        before = read_folder(folder / "sources")
        asked = run(folder)
    assert asked.returncode == 0, asked.stderr
    assert "2 series asked for" in asked.stdout and read_folder(folder / "sources") == before
    (proposal,) = (folder / "outputs/tiny/refresh").glob("*/proposal.json")
    day = proposal.parent.name
    run_git(folder, "apply", "--check", str(proposal.parent / "observations.patch"))
    made = {name: content for name, content in read_folder(proposal.parent).items() if not name.startswith("answers/")}

    offline = run(folder, "OFFLINE=1", "APPLY=1")  # the publisher is gone
    assert offline.returncode == 0, offline.stderr
    assert made == {name: read_folder(proposal.parent)[name] for name in made}
    assert read_folder(folder / "sources") == before and run_git(folder, "status", "--porcelain", "sources") == ""
    subjects = run_git(folder, "log", "--format=%s", f"refresh/tiny-{day}", "^HEAD").splitlines()
    assert [subject.split()[0] for subject in subjects] == ["Take", "Add"]
    assert "There is a branch" in run(folder, "OFFLINE=1", "APPLY=1").stderr

    run_git(folder, "checkout", "-q", f"refresh/tiny-{day}")
    built = run_workflow(folder, "note", "LANGUAGES=en", "FORMATS=html")
    assert built.code == 0, built.said
    assert json.loads(built.built["derived.json"])["figures"]["population"]["value"] == "1195000"


@pytest.mark.workflow
def test_a_publisher_that_fails_gives_the_exit_code_two(tmp_path: Path) -> None:
    with publish({}) as publisher:
        done = run(make_project(tmp_path, publisher.address))
    assert done.returncode == 2 and "figures.yaml" in done.stderr and "2 problems; the others" in done.stderr
    assert "Traceback" not in done.stderr


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
