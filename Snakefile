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


# scripts/build.py has held it against its schema.
configfile: "config.yaml"


include: "rules/common.smk"


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
        expand(f"{BUILD}/delivered.json", note=[*NOTES]),


include: "rules/note.smk"
include: "rules/render.smk"
include: "rules/versions.smk"
include: "rules/review.smk"


# A job on another machine reads this file too, while others are at work.
if workflow.is_main_process:
    for note in NOTES:
        forget_leftovers(note)
else:
    try:
        hold_as_job(Path())
    except FolderError as error:
        sys.exit(str(error))


onsuccess:
    describe_notes(workflow.dag_settings.targets, is_whole=True)


onerror:
    describe_notes(workflow.dag_settings.targets, is_whole=False)
