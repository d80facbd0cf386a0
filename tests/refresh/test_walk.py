"""The walk of docs/refresh.md, followed to the letter on the Mali note: from what publishers answer to a new edition.

`answers/` has answers in the shapes of their publishers. Population and gross domestic product are those of the World
Bank's World Development Indicators of March 2026, and the latter per head is their quotient; the others are what the
note has, as a publisher would confirm it.
"""

import html
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from support.building import clean_environment
from support.house import ROOT
from support.publishers import Reply, publish

PAGE = ROOT / "docs/refresh.md"
ANSWERS = Path(__file__).parent / "answers"
DAY = "1795780800"  # 27 November 2026, in seconds since 1970
SERIES = "/v2/country/MLI/indicator/{}?format=json&source=2&per_page=1000&page=1"
INDICES = "/sites/default/files/2025_HDR/{}"


def list_replies() -> dict[str, list[Reply]]:
    """List the recorded answers by their paths."""
    paths = {path: (SERIES.format(path.stem) if path.suffix == ".json" else INDICES.format(path.name))
             for path in sorted(ANSWERS.iterdir())}  # fmt: skip
    return {name: [Reply(path.read_bytes())] for path, name in paths.items()}


def clone(parent: Path, address: str) -> Path:
    """Clone the Mali note as it is, with publishers on this machine; the pages are made in one format."""
    folder = parent / "clone"
    for part in ("mali", "common"):
        shutil.copytree(ROOT / "sources" / part, folder / "sources" / part)
    config = (ROOT / "config.yaml").read_text("utf-8")
    (folder / "config.yaml").write_text(config.replace("[pdf, docx, html]", "[html]"), "utf-8")
    shutil.copy(ROOT / ".gitignore", folder)
    publishers = folder / "sources/common/publishers.yaml"
    text = re.sub(r"(address: \"?)https://[^/]+", rf"\1{address}", publishers.read_text("utf-8"))
    publishers.write_text(re.sub(r"pause: \d+", "pause: 0", text), "utf-8")
    for command in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "Begin"]):
        subprocess.run(["git", *command], cwd=folder, env=make_environment(), check=True)
    return folder


def make_environment() -> dict[str, str]:
    """Make the environment of somebody who works on the day of the page."""
    who = {"NAME": "Ada", "EMAIL": "ada@example.org"}
    named = {f"GIT_{role}_{part}": who[part] for role in ("AUTHOR", "COMMITTER") for part in who}
    return {**clean_environment(), **named, "SOURCE_DATE_EPOCH": DAY}


def read_steps() -> Iterator[tuple[str, str, list[str]]]:
    """Read the blocks of the page in their order: kind, text, and the lines that are quoted right after it."""
    blocks = r"^```(sh|diff)\n(.*?)^```\n\n((?:> [^\n]*\n)*)"
    for kind, text, quoted in re.findall(blocks, PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL):
        yield kind, text, [line.removeprefix("> ").strip() for line in quoted.splitlines()]


def run(folder: Path, script: str) -> str:
    """Run what is pasted; give all that is said."""
    make = f'make() {{ command make --no-print-directory -C "{ROOT}" FOLDER="$PWD" "$@"; }}\n'
    command = ["bash", "-c", f"set -e\n{make}{script}"]
    ended = subprocess.run(command, cwd=folder, env=make_environment(), capture_output=True, text=True, check=False)
    assert ended.returncode == 0, f"{script}\n{ended.stdout}{ended.stderr}"
    return ended.stdout


def edit(folder: Path, block: str) -> None:
    """Make the edits of a block, each of which finds its words once; in a catalogue, as its editors do."""
    name, _, hunks = block.partition("\n")
    path = folder / name
    edits = [["\n".join(re.findall(rf"^\{sign}(.*)$", hunk, re.MULTILINE)) for sign in "-+"]
             for hunk in re.findall(r"(?:^-.*\n)+(?:^\+.*\n)+", hunks, re.MULTILINE)]  # fmt: skip
    assert edits
    if path.suffix == ".po":
        catalogue = polib.pofile(str(path), wrapwidth=0)
        for old, new in edits:
            (entry,) = [entry for entry in catalogue if old in entry.msgstr]
            entry.msgstr, entry.previous_msgid = entry.msgstr.replace(old, new), None
            entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
        catalogue.save()
        return
    text = path.read_text("utf-8")
    for old, new in edits:
        assert text.count(old) == 1, (name, old)
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


def read_plain(path: Path) -> str:
    """Read a page as the words that it shows, what is struck out before what is put in."""
    text = re.sub(r"<[^>]+>", "", path.read_text("utf-8").replace("</del>", " "))
    return re.sub(r"\s+", " ", html.unescape(text))


def find_missing(folder: Path, said: str, quoted: list[str]) -> list[str]:
    """List what is quoted and was not said; what begins with the path of a page must stand in that page."""
    missing = []
    for line in quoted:
        path, _, words = line.partition(": ")
        page = folder / path
        if line not in said and (page.suffix != ".html" or words not in read_plain(page)):
            missing.append(line)
    return missing


@pytest.mark.workflow
def test_the_walk_from_a_refresh_to_a_new_edition_is_right_to_the_letter(tmp_path: Path) -> None:
    with publish(list_replies()) as publisher:
        folder = clone(tmp_path, publisher.address)
        for kind, block, quoted in read_steps():
            if kind == "diff":
                edit(folder, block)
            else:
                said = run(folder, block)
                assert find_missing(folder, said, quoted) == [], said


def test_the_readme_has_the_same_commands_in_the_same_order() -> None:
    walk = [line for kind, block, _ in read_steps() if kind == "sh" for line in block.splitlines()]
    section = (ROOT / "README.md").read_text("utf-8").partition("## New data\n")[2].partition("\n## ")[0]
    commands = [line.partition("  ")[0] for line in re.findall(r"^(?:make|git) .*", section, re.MULTILINE)]
    rest = iter(line.replace(" NOTE=mali", "").replace(" -q", "") for line in walk)
    assert len(commands) > 5 and all(any(line.startswith(command) for line in rest) for command in commands)
