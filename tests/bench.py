"""Time the build beside its peers, in turn: `make bench` prints medians, each as a ratio to what it is held against.

The peers make the same files from ready Markdown, which is written from the note itself: pandoc with WeasyPrint, and
pandoc with Typst. The floor is all files of the note from its documents and pictures in one process that is warm.
Everything happens in a temporary copy of the sources; nothing here is a test.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
CACHE = "BRIEFNOTE_CACHE"
NOTE, LANGUAGES = "mali", ("en", "fr")
EMPTY = 'rule all:\n    output: "done"\n    shell: "touch {output}"\n'
PREPARE = """
import sys
from pathlib import Path
root, folder, note = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
sys.path[:0] = [str(root / "scripts")]
from briefing.document.serialization import read_document
from briefing.language.house_texts import read_house
from briefing.workflow.house_files import read_house_files
from briefing.writers.markdown.page import write_markdown
for tag in sys.argv[4:]:
    document = read_document((folder / f"build/{note}/{note}.{tag}.json").read_text("utf-8"))
    labels = read_house(tag, read_house_files(str(root / "templates"), [tag])).labels
    (folder / f"peer/{tag}.md").write_text(write_markdown(document, labels), "utf-8")
"""
FLOOR = """
import sys, time
from pathlib import Path
root, folder, note = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
sys.path[:0] = [str(root / "scripts")]
from briefing.document.serialization import read_document
from briefing.fonts import use_fonts
from briefing.language.house_texts import read_house
from briefing.workflow.files import read_folder
from briefing.workflow.house_files import read_house_files
from briefing.workflow.job import read_fonts, read_texts
from briefing.writers.material import Material, list_templates, write_format
use_fonts(folder / "build/fonts")
import briefing.writers.docx.page_numbers, weasyprint
materials = []
for tag in sys.argv[4:]:
    build = folder / f"build/{note}"
    document = read_document((build / f"{note}.{tag}.json").read_text("utf-8"))
    labels = read_house(tag, read_house_files(str(root / "templates"), [tag])).labels
    images, fonts = read_folder(build / f"charts.{tag}"), read_fonts(folder / "build/fonts")
    for kind in ("html", "pdf", "docx"):
        templates = read_texts(root / "templates", list_templates(kind))
        materials.append((kind, Material(document, labels, images, fonts, str(folder / "build/fonts"), templates)))
started = time.process_time()
for kind, material in materials:
    write_format(kind, material)
print(time.process_time() - started)
"""


@dataclass(frozen=True)
class Time:
    """Processor time and wall time, in seconds."""

    processor: float
    wall: float


def run(command: Sequence[str | Path], folder: Path, **more: str) -> str:
    """Run a command; one that fails ends the benchmark."""
    done = subprocess.run(command, cwd=folder, env={**os.environ, **more}, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def measure(work: Callable[[], object]) -> Time:
    """Measure the time of some work and of all programs that it starts."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    work()
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Time(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, wall)


def build(folder: Path, *settings: str, times: str = "") -> None:
    """Build as `make note` does."""
    more = {"BRIEFNOTE_TIMES": times} if times else {}
    command = [sys.executable, ROOT / "scripts/build.py", folder, "note", *settings, "--cores", "2"]
    run(command, folder, **more)


def forget(folder: Path) -> None:
    """Forget all that was built, the charts that all folders share among it; the fonts stay."""
    for name in ("build", "outputs", ".snakemake"):
        shutil.rmtree(folder / name, ignore_errors=True)
    for chart in (folder / "cache").glob("chart-*"):
        chart.unlink()


def revise(folder: Path, turn: int) -> None:
    """Give an observation another value, as an analyst would, which no wording of the note forbids."""
    table = folder / f"sources/{NOTE}/observations.csv"
    lines = table.read_text("utf-8").splitlines(keepends=True)
    cells = next(line for line in lines if line.startswith("population,2017,")).split(",")
    revised = ",".join([*cells[:2], str(18_000_000 + turn), *cells[3:]])
    table.write_text("".join(revised if line.split(",") == cells else line for line in lines), "utf-8")


def write_peer(folder: Path, engine: str) -> None:
    """Make the six files of two languages by pandoc, the PDF by an engine."""
    import pypandoc

    pandoc, weasyprint = pypandoc.get_pandoc_path(), Path(sys.executable).with_name("weasyprint")
    for tag in LANGUAGES:
        # Without the front matter, of whose keywords pandoc makes no sound Typst.
        common = [pandoc, "--standalone", "--toc", "--from", "gfm-yaml_metadata_block", f"{tag}.md"]
        run([*common, "--embed-resources", "--output", f"{tag}.html"], folder)
        run([*common, "--output", f"{tag}.docx"], folder)
        if engine == "weasyprint":
            run([*common, f"--pdf-engine={weasyprint}", "--output", f"{tag}.pdf"], folder)
        else:
            run([*common, "--to", "typst", "--output", f"{tag}.typ"], folder)
            code = f"import typst; typst.compile('{tag}.typ', output='{tag}.pdf')"
            run([sys.executable, "-c", code], folder)


def take_medians(times: Iterable[Time]) -> Time:
    """Take the median of either time."""
    times = list(times)
    return Time(median(time.processor for time in times), median(time.wall for time in times))


def say(label: str, own: Iterable[Time], peer: Iterable[Time], what: str) -> None:
    """Print the medians of both, and their ratios."""
    one, other = take_medians(own), take_medians(peer)
    print(
        f"{label:<26}{one.processor:6.1f} s processor {one.wall:6.1f} s wall"
        f"   {what}: {other.processor:.1f} s, {other.wall:.1f} s"
        f"   ratios {one.processor / other.processor:.2f}, {one.wall / other.wall:.2f}"
    )


def say_steps(times: Path, turns: int) -> None:
    """Print the processor time of each step of a build, its imports apart; the jobs of one rule together."""
    steps: dict[str, list[float]] = defaultdict(lambda: [0, 0.0, 0.0])
    for line in times.read_text("utf-8").splitlines():
        rule, wildcards, imports, total = line.split("\t")
        name = f"{rule} {wildcards.split()[-1]}" if rule == "render" else rule
        count, imported, worked = steps[name]
        steps[name] = [count + 1, imported + float(imports), worked + float(total) - float(imports)]
    print("\nstep                 times   imports s   work s")
    for name, (count, imported, worked) in sorted(steps.items(), key=lambda item: -sum(item[1][1:])):
        print(f"{name:<20}{count // turns:6}{imported / turns:12.2f}{worked / turns:9.2f}")


def copy_notes(folder: Path, count: int) -> Path:
    """Make a folder with some copies of the note under names of their own."""
    shutil.copytree(ROOT / "sources/common", folder / "sources/common")
    names = [f"{NOTE}-{number}" for number in range(count)]
    for name in names:
        shutil.copytree(ROOT / f"sources/{NOTE}", folder / f"sources/{name}", ignore=shutil.ignore_patterns("editions"))
        settings = folder / f"sources/{name}/note.yaml"
        settings.write_text(settings.read_text("utf-8").replace(f"note: {NOTE}", f"note: {name}"), "utf-8")
        shutil.copy(ROOT / f"sources/common/map/{NOTE}.geojson", folder / f"sources/common/map/{name}.geojson")
    config = (ROOT / "config.yaml").read_text("utf-8")
    (folder / "config.yaml").write_text(config.replace(f"notes: [{NOTE}]", f"notes: [{', '.join(names)}]"), "utf-8")
    return folder


def scale(counts: Sequence[int], parent: Path) -> None:
    """Print what some copies of the note cost, and what it takes to see that nothing is to be done."""
    if counts:
        print("\ncopies   processor s   a copy   nothing to do s")
    for count in counts:
        folder = copy_notes(parent / f"scale-{count}", count)
        whole = measure(lambda folder=folder: build(folder))
        idle = measure(lambda folder=folder: build(folder))
        print(f"{count:6}{whole.processor:14.1f}{whole.processor / count:9.1f}{idle.wall:18.1f}")


def plan(counts: Sequence[int], parent: Path) -> None:
    """Print how long it takes to plan the build of many copies of the note, of which none has been made."""
    if counts:
        print("\ncopies   planned in s")
    for count in counts:
        folder = copy_notes(parent / f"plan-{count}", count)
        command = [sys.executable, ROOT / "scripts/build.py", folder, "note", "--cores", "2", "--dry-run"]
        print(f"{count:6}{measure(lambda command=command: run(command, parent)).wall:15.1f}")


def main() -> None:
    """Print the times of one run."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--scale", type=int, nargs="*", default=[])
    parser.add_argument("--plan", type=int, nargs="*", default=[])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder, empty = Path(name, "note"), Path(name, "empty")
        shutil.copytree(ROOT / "sources", folder / "sources")
        shutil.copy(ROOT / "config.yaml", folder)
        empty.mkdir()
        os.environ[CACHE] = str(folder / "cache")
        (empty / "Snakefile").write_text(EMPTY, "utf-8")
        build(folder)
        peer = folder / "peer"
        peer.mkdir()
        for tag in LANGUAGES:
            shutil.copytree(folder / f"build/{NOTE}/charts.{tag}", peer / f"charts.{tag}")
        run([sys.executable, "-c", PREPARE, ROOT, folder, NOTE, *LANGUAGES], folder)
        found: dict[str, list[Time]] = defaultdict(list)
        start = [sys.executable, "-m", "snakemake", "--quiet", "all", "--cores", "2"]
        run(start, empty)
        for turn in range(options.turns):
            forget(folder)
            found["nothing"].append(measure(lambda: build(folder, times=str(folder / "times"))))
            found["pandoc"].append(measure(lambda: write_peer(peer, "weasyprint")))
            found["typst"].append(measure(lambda: write_peer(peer, "typst")))
            found["idle"].append(measure(lambda: build(folder)))
            found["start"].append(measure(lambda: run(start, empty)))
            revise(folder, 10_000 * (turn + 1))
            found["quick"].append(measure(lambda: build(folder, "LANGUAGES=en", "FORMATS=html")))
            revise(folder, 20_000 * (turn + 4))
            found["changed"].append(measure(lambda: build(folder)))
            warm = float(run([sys.executable, "-c", FLOOR, ROOT, folder, NOTE, *LANGUAGES], folder))
            found["floor"].append(Time(warm, warm))
        say("from nothing", found["nothing"], found["pandoc"], "pandoc + WeasyPrint")
        say("", found["nothing"], found["typst"], "pandoc + Typst")
        say("", found["nothing"], found["floor"], "one warm process")
        say("one changed observation", found["changed"], found["pandoc"], "pandoc + WeasyPrint")
        say("nothing to do", found["idle"], found["start"], "Snakemake's own start")
        say("one page in one language", found["quick"], found["start"], "Snakemake's own start")
        say_steps(folder / "times", options.turns)
        scale(options.scale, Path(name))
        plan(options.plan, Path(name))


if __name__ == "__main__":
    main()
