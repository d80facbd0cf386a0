"""The workflow of the notes: what is made from what. The rules stand in rules/, in the order in which the data travels.

Snakemake owns the folder build/; a set of files that is finished and approved is put under outputs/ as a whole.
"""

import shlex
import sys
from pathlib import Path

from snakemake.utils import min_version

min_version("9.27")

ROOT = Path(workflow.basedir)
sys.path.insert(0, str(ROOT / "scripts"))
# Snakemake puts the name of the Python that runs a script into a shell command as it is, without quotes.
sys.executable = shlex.quote(sys.executable)
# Snakemake would load pandas in every build, to ask of each parameter whether it is a table; none is.
sys.modules["pandas"] = None


include: "rules/common.smk"


# scripts/build.py has held it against its schema.
configfile: "config.yaml"


wildcard_constraints:
    note="[a-z][a-z0-9-]*",
    language="[a-z]{2,3}",
    kind="[a-z]+",
    version=VERSION_NAME,
    base=VERSION_NAME,
    head=VERSION_NAME,


localrules:
    all,


rule all:
    input:
        expand(f"{BUILD}/delivered.json", note=config["notes"]),


include: "rules/note.smk"
include: "rules/render.smk"
include: "rules/versions.smk"
include: "rules/review.smk"


for note in config["notes"]:
    forget_leftovers(note)


onsuccess:
    asked = set(workflow.dag_settings.targets)
    for note in config["notes"]:
        if asked <= {"all", f"build/{note}/delivered.json"}:
            print(describe_note(note))
