"""Make many notes of differing content, and measure what a build of all of them takes: `many_notes.py FOLDER [COUNT]`.

The folder must not be there yet. Each note is begun as `make new` does, for another country, and then grows: invented
figures, charts and sections, more of them from note to note; every third is in English alone. It is said how long it
takes to build all, to find that nothing is to be done, to add one more note, and to be told of an error in one; and
whether anything of the other notes changed. Exit code 1: something did, or an error was not told last and once.
"""

import argparse
import hashlib
import json
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

import new_note  # noqa: E402
from briefing.scaffold.country import make_slug, read_countries  # noqa: E402

DAY = date(2026, 1, 31)
CONFIG = """notes: [{first}]
languages: [en, fr]
formats: [{formats}]
typography: {{fr: fr-FR}}
checks: {{wording: error, unbound: error, acronym: error, citation: error, consistency: error}}
"""
FIRST = "tiny"


def make_folder(folder: Path, formats: str) -> None:
    """Make a folder with what all notes share, and with the note of the tests as its first."""
    (folder / "sources").mkdir(parents=True)
    tiny = ROOT / "tests/notes/tiny/sources/tiny"
    for place, target in ((ROOT / "sources/common", "common"), (tiny, FIRST)):
        for path in place.rglob("*"):
            if path.is_file() and path.suffix != ".geojson":
                copy = folder / "sources" / target / path.relative_to(place)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(path.read_bytes())
    (folder / "config.yaml").write_text(CONFIG.format(first=FIRST, formats=formats), "utf-8")


def list_names() -> list[str]:
    """List the countries by the names of their notes, those of Africa first."""
    table = (ROOT / "templates/new-note/countries.csv").read_text("utf-8")
    countries = sorted(read_countries(table), key=lambda country: (country.continent != "AF", country.iso2))
    return [make_slug(country.name) for country in countries]


def begin(folder: Path, name: str, number: int) -> None:
    """Begin a note, and let it grow with its number."""
    new_note.main(folder, {"NOTE": name, "TITLE": "", "COUNTRY": ""}, DAY)
    note, chance = folder / "sources" / name, Random(number)
    figures = [f"invented_{count}" for count in range(1 + number % 9)]
    values = {figure: chance.randrange(100, 90_000) for figure in figures}
    rows = [
        f"{figure},2025,{value},persons,unstated,2026-01-15,A,an invented value\n" for figure, value in values.items()
    ]
    with (note / "observations.csv").open("a", encoding="utf-8") as stream:
        stream.writelines(rows)
    with (note / "figures.yaml").open("a", encoding="utf-8") as stream:
        stream.writelines(
            f"  {figure}:\n    label: Invented figure {'i' * (n + 1)}\n" for n, figure in enumerate(figures)
        )
    said = [
        f"One invented figure is {{{{ {figure} }}}}, another {{{{ {chance.choice(figures)} }}}}." for figure in figures
    ]
    text = "# Historical overview {#history}\n\n" + "\n\n".join(said) + "\n\n![](chart:invented)\n"
    (note / "text/02-history.md").write_text(text, "utf-8")
    marks = "".join(
        f"      - {{figure: {figure}, label: Figure {'i' * (n + 1)}}}\n" for n, figure in enumerate(figures)
    )
    with (note / "charts.yaml").open("a", encoding="utf-8") as stream:
        stream.write(
            "\n  - id: invented\n    kind: bars\n    title: Invented figures\n    source: invented\n"
            "    alternative: Bars of invented figures.\n    facts: []\n    width: 160\n    height: 90\n    marks:\n"
            + marks
        )
    if number % 3 == 0:
        with (note / "note.yaml").open("a", encoding="utf-8") as stream:
            stream.write("languages: [en]\n")


def build(folder: Path, *more: str) -> tuple[int, float, float, int, str]:
    """Build all notes; give exit code, seconds by the clock and of processor, the largest process (MB), all said."""
    command = [sys.executable, str(ROOT / "scripts/build.py"), str(folder), "note", *more]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return ended.returncode, time.monotonic() - start, spent, after.ru_maxrss // 1024, ended.stdout + ended.stderr


def hash_notes(folder: Path) -> dict[str, str]:
    """Hash every file of every note under outputs/."""
    paths = sorted(path for path in (folder / "outputs").glob("*/*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def measure(folder: Path, count: int, *more: str) -> Iterator[tuple[bool, str]]:
    """Measure one thing after the other; each is told, with whether it is as it should be."""
    names, start = list_names(), time.monotonic()
    for number, name in enumerate(names[: count - 1]):
        begin(folder, name, number)
    yield True, f"{count} notes begun: {time.monotonic() - start:.0f} s"
    code, wall, spent, size, said = build(folder, *more)
    yield (
        code == 0,
        f"built: {wall:.0f} s, {spent:.0f} s of processor, largest process {size} MB\n{said[-1500:] if code else ''}",
    )
    code, wall, spent, _, said = build(folder, *more)
    is_quiet = code == 0 and "Nothing has changed" in said
    yield is_quiet, f"nothing to do: {wall:.1f} s, {spent:.1f} s of processor"
    before = hash_notes(folder)
    begin(folder, names[count - 1], count)
    code, wall, _, _, said = build(folder, *more)
    after = hash_notes(folder)
    changed = [name for name, digest in before.items() if after.get(name) != digest]
    yield (
        code == 0 and not changed,
        f"one more: {wall:.0f} s; {len(changed)} of {len(before)} files of the others changed {changed[:3]}",
    )
    table = folder / "sources" / names[1] / "observations.csv"
    table.write_text(table.read_text("utf-8").replace("area,undated,", "area,undated,about "), "utf-8")
    text = folder / "sources" / names[2] / "text/07-future.md"
    text.write_text(text.read_text("utf-8") + "\nIt is {{ area }} large.\n", "utf-8")
    code, wall, _, _, said = build(folder, *more)
    told = re.findall(rf"^sources/{names[1]}/observations\.csv:2:3: ", said, re.MULTILINE)
    is_last = said.rfind(f"sources/{names[1]}/") > said.rfind("in its place")
    is_made = names[2] not in {row["note"] for row in read_shelf(folder) if row["state"] != "finished"}
    yield (
        code != 0 and len(told) == 1 and is_last and is_made,
        f"an error in one, a change in another: {wall:.0f} s\n{said[-600:]}",
    )


def read_shelf(folder: Path) -> list[dict[str, str]]:
    """Read what the page of all notes says of each."""
    notes: list[dict[str, str]] = json.loads((folder / "outputs/index.json").read_text("utf-8"))["notes"]
    return notes


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int, nargs="?", default=54)
    parser.add_argument("--formats", default="pdf, docx, html")
    options, others = parser.parse_known_args()
    make_folder(options.folder, options.formats)
    fine = True
    for is_right, said in measure(options.folder, options.count, *(others or ["--cores", "2"])):
        fine = fine and is_right
        print("" if is_right else "NOT AS IT SHOULD BE: ", said, sep="", flush=True)
    sys.exit(not fine)
