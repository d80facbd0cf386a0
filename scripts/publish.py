"""Freeze the edition of a note under sources/: its composed documents, its figures, the data they used, and a manifest.

This step fails when a translation is not complete, or when the edition is there already with other content; a note with
problems is not approved, and does not come here.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import yaml

from briefing.sources.data_package import FROZEN, SOURCE, list_package_files
from briefing.workflow.files import read_folder, replace_folder

snakemake: Any = globals()["snakemake"]
note, params = snakemake.wildcards.note, snakemake.params


def refuse(message: str) -> None:
    print(f"{message}; nothing was published.", file=sys.stderr)
    sys.exit(1)


report = json.loads(Path(snakemake.input.report).read_text("utf-8"))
for tag, language in report["translations"].items():
    if language["percent"] < 100:
        left = language["fuzzy"] + language["untranslated"]
        refuse(f"sources/{note}/translations/{tag}.po:1:1: {left} messages are not translated; translate them first")
snapshot = Path(snakemake.input.snapshot, note)
frozen: dict[str, bytes] = {"derived.json": Path(snakemake.input.derived).read_bytes()}
for tag, document, findings in zip(params.languages, snakemake.input.documents, snakemake.input.findings, strict=True):
    frozen |= {f"{tag}.json": Path(document).read_bytes(), f"findings.{tag}.json": Path(findings).read_bytes()}
frozen["figures.json"] = Path(snakemake.input.figures).read_bytes()
descriptor = yaml.safe_load((snapshot / SOURCE).read_text("utf-8-sig"))
package = f"sources/{note}"
frozen[f"{package}/{FROZEN}"] = (json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
for name in dict.fromkeys(["charts.yaml", "bibliography.json", *list_package_files(descriptor)]):
    frozen[f"{package}/{name}"] = (snapshot / name).read_bytes()
base_map = f"common/map/{note}.geojson"
if (snapshot.parent / base_map).is_file():
    frozen[f"sources/{base_map}"] = (snapshot.parent / base_map).read_bytes()
manifest = {
    "note": note,
    "edition": report["edition"],
    "as_of": report["as_of"],
    "version": report["version"],
    "files": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(frozen.items())},
}
frozen["manifest.json"] = (json.dumps(manifest, indent=1) + "\n").encode("utf-8")
folder = Path(params.sources, note, "editions", report["edition"])
if folder.is_dir():
    if read_folder(folder) != frozen:
        refuse(f"{folder}/manifest.json:1:1: the edition {report['edition']} is published with other content; "
               "give the new one a later edition in note.yaml")  # fmt: skip
    print(f"{folder} is published already, with the same content.")
else:
    replace_folder(folder, frozen)
    print(f"Published {folder}: {len(frozen)} files, version {report['version']}.")
