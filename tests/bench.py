"""Time the build, each figure beside its floor: the same files made in one process, and Snakemake's own start.

Run it with `make bench`; it is no test. Everything happens in a temporary copy of the sources.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOTE = "mali"
EMPTY = 'rule all:\n    output: "done"\n    shell: "touch {output}"\n'
# The same three files from the composed document, with nothing around them: WeasyPrint and python-docx in one process.
FLOOR = """
import os, sys
from pathlib import Path
import yaml
root, outputs, note = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
sys.path.insert(0, str(root / "scripts"))
from briefing.document import Chart, walk_nodes
from briefing.document_json import read_document
from briefing.docx_pages import lay_out_pages
from briefing.docx_writer import write_docx
from briefing.html_writer import write_html
from briefing.pdf_writer import write_pdf
document = read_document((outputs / note / f"{note}.en.json").read_text("utf-8"))
templates = {path.name: path.read_text("utf-8") for path in (root / "templates").iterdir()}
labels, styles = yaml.safe_load(templates["labels.en.yaml"]), yaml.safe_load(templates["docx.yaml"])
images = {path.name: path.read_bytes() for path in (outputs / note / "charts.en").iterdir()}
svgs = {name: picture for name, picture in images.items() if name.endswith(".svg")}
fonts = {path.name: path.read_bytes() for path in (outputs / "fonts").iterdir()}
woff = {name: font for name, font in fonts.items() if name.endswith(".woff2")}
ttf = {name: font for name, font in fonts.items() if name.endswith(".ttf")}
write_html(document, labels, svgs, woff, templates)
write_pdf(document, labels, svgs, outputs / "fonts", templates, {})
pages = lay_out_pages(document, labels, styles, ttf, images)
write_docx(document, labels, images, ttf, styles, pages)
"""


def time_command(command: list[str], folder: Path) -> float:
    """Run a command and give its wall time in seconds; a command that fails ends the benchmark."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts/progress")}
    started = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    elapsed = time.perf_counter() - started
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return elapsed


def change_population(folder: Path) -> None:
    """Give the population of 2017 another value, as an analyst would."""
    table = folder / f"sources/{NOTE}/observations.csv"
    lines = table.read_text("utf-8").splitlines(keepends=True)
    table.write_text("".join(line.replace(",18000000,", ",18100000,") for line in lines), "utf-8")


def main() -> None:
    """Print the times of one run, and the ratio of each to its floor."""
    snakemake = [sys.executable, "-m", "snakemake", "--quiet", "all", "--cores", "2"]
    with tempfile.TemporaryDirectory() as name:
        folder, empty = Path(name) / "note", Path(name) / "empty"
        shutil.copytree(ROOT / "sources", folder / "sources")
        shutil.copy(ROOT / "config.yaml", folder)
        empty.mkdir()
        (empty / "Snakefile").write_text(EMPTY, "utf-8")
        build = [*snakemake, "--snakefile", str(ROOT / "Snakefile"), "--directory", str(folder)]
        time_command([*snakemake], empty)
        start = min(time_command([*snakemake, "--forceall"], empty) for _ in range(3))
        cold = time_command(build, folder)
        idle = min(time_command(build, folder) for _ in range(3))
        change_population(folder)
        changed = time_command(build, folder)
        floor = min(
            time_command([sys.executable, "-c", FLOOR, str(ROOT), str(folder / "outputs"), NOTE], folder)
            for _ in range(3)
        )
    rows = (
        ("cold build", cold, "the three files in one process + an empty workflow", floor + start),
        ("nothing to do", idle, "an empty workflow", start),
        ("one figure changed", changed, "the three files in one process + an empty workflow", floor + start),
    )
    for label, seconds, what, least in rows:
        print(f"{label:<20}{seconds:6.1f} s   floor {least:5.1f} s   ratio {seconds / least:4.2f}   ({what})")


if __name__ == "__main__":
    main()
