"""What git says of the versions of a note: their commits, and who wrote which line since the older one."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from briefing.sources.version_id import compute_version, list_version_ids
from briefing.workflow.revisions import describe_commit, find_version_id, list_authors, read_commit

TEXT = "sources/ruritania/text/01.md"


@pytest.fixture(name="commits")
def make_commits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Work in a repository in which two people write a text one after the other; give the hashes of their commits."""
    if not shutil.which("git"):
        pytest.skip("git is missing")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_AUTHOR_DATE", "2019-03-05T12:00:00Z")
    Path(TEXT).parent.mkdir(parents=True)
    hashes = []
    subprocess.run(["git", "init", "--quiet"], check=True)
    for author, text in (("Ana Editor", "One.\n\nTwo.\n"), ("Ben Writer", "One.\n\nTwo, changed.\n\nThree.\n")):
        Path(TEXT).write_text(text, "utf-8")
        subprocess.run(["git", "add", "."], check=True)
        identity = ["-c", f"user.name={author}", "-c", "user.email=editor@example.org"]
        subprocess.run(["git", *identity, "commit", "--quiet", "--message", f"By {author}"], check=True)
        head = subprocess.run(["git", "rev-parse", "HEAD"], check=True, capture_output=True, text=True)
        hashes.append(head.stdout.strip())
    return hashes


def test_a_commit_is_described_by_hash_day_author_and_message(commits: list[str]) -> None:
    commit = describe_commit(commits[0])
    assert commit is not None
    assert (commit.hash, commit.day, commit.author, commit.message) == (
        commits[0][:7],
        "2019-03-05",
        "Ana Editor",
        "By Ana Editor",
    )
    assert describe_commit("") is None


def test_lines_of_a_long_text_have_their_numbers(commits: list[str]) -> None:
    """Git sets the numbers of its lines out in a column."""
    Path(TEXT).write_text("One.\n" + "\n".join(f"Line {number}." for number in range(2, 13)), "utf-8")
    identity = ["-c", "user.name=Ben Writer", "-c", "user.email=editor@example.org"]
    subprocess.run(["git", *identity, "commit", "--quiet", "--all", "--message", "More"], check=True)
    assert sorted(list_lines(commits[0], "")) == list(range(2, 13))


def list_lines(base: str, head: str) -> dict[int, str]:
    return {line: commit.author for (_, line), commit in list_authors(base, head, [TEXT]).items()}


def test_each_line_that_was_written_since_the_older_version_has_its_author(commits: list[str]) -> None:
    assert list_lines(commits[0], commits[1]) == {0: "Ben Writer", 3: "Ben Writer", 4: "Ben Writer", 5: "Ben Writer"}
    assert list_lines("", commits[0]) == {1: "Ana Editor", 2: "Ana Editor", 3: "Ana Editor"}


def test_who_alone_took_a_text_out_is_known_and_of_two_nobody(commits: list[str]) -> None:
    Path(TEXT).write_text("Two, changed.\n", "utf-8")
    identity = ["-c", "user.name=Cleo Cutter", "-c", "user.email=editor@example.org"]
    subprocess.run(["git", *identity, "commit", "--quiet", "--all", "--message", "Shorten"], check=True)
    assert list_lines(commits[1], "HEAD") == {0: "Cleo Cutter"}
    assert list_lines(commits[0], "HEAD") == {1: "Ben Writer"}


def test_what_stands_in_the_working_tree_alone_nobody_has_signed(commits: list[str]) -> None:
    Path(TEXT).write_text("One.\n\nTwo, changed again.\n\nThree.\n", "utf-8")
    assert list_lines(commits[0], "") == {4: "Ben Writer", 5: "Ben Writer"}


def test_without_git_nobody_is_named(commits: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert list_authors("", "", [TEXT]) == {} and describe_commit("") is None


def test_the_id_that_a_file_bears_leads_to_its_commit_or_edition_however_it_was_reckoned(commits: list[str]) -> None:
    folder = Path("sources")
    (folder / "common").mkdir()
    (folder / "common/units.yaml").write_text("persons: {en: One}\n", "utf-8")
    subprocess.run(["git", "add", "."], check=True)
    identity = ["-c", "user.name=Ben Writer", "-c", "user.email=editor@example.org"]
    subprocess.run(["git", *identity, "commit", "--quiet", "--message", "Shared"], check=True)
    raw = read_commit("HEAD", "ruritania")
    ids = list(list_version_ids("ruritania", raw))
    assert ids[0] == compute_version(raw) and len({*ids}) == 2
    found = {find_version_id(folder, "ruritania", each) for each in ids}
    assert len(found) == 1 and describe_commit(found.pop()) == describe_commit("HEAD")
    assert not any(find_version_id(folder, "ruritania", name) for name in ("0" * 12, "HEAD", "2019-02"))
    manifest = folder / "ruritania/editions/2019-02/manifest.json"
    manifest.parent.mkdir(parents=True)
    manifest.write_text(json.dumps({"version": ids[1]}), "utf-8")
    assert find_version_id(folder, "ruritania", ids[1]) == "2019-02"
