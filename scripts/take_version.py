"""Take a version of a note: the working tree, a published edition, or a git revision, composed with today's code.

The files of a revision are read from git's database, so that the working tree and its index stay as they are. This step
fails when there is no such version, or when its sources cannot be read.
"""

import io
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

from briefing.steps.compose import Speech
from briefing.steps.take_version import make_version
from briefing.workflow.files import read_below, read_folder, replace_folder, telling_problems

snakemake: Any = globals()["snakemake"]
note, params = snakemake.wildcards.note, snakemake.params


def read_revision(commit: str) -> dict[str, bytes]:
    """Read the sources of a commit, by path below sources/."""
    command = ["git", "archive", "--format=tar", commit, "--", f"sources/{note}", "sources/common"]
    archive = subprocess.run(command, capture_output=True, check=False)
    if archive.returncode:
        print(f"{snakemake.wildcards.version}: {archive.stderr.decode('utf-8').strip()}", file=sys.stderr)
        sys.exit(1)
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
        members = [member for member in files.getmembers() if member.isfile() and "/editions/" not in member.name]
        return {member.name.removeprefix("sources/"): read_member(files, member) for member in members}


def read_member(files: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    stream = files.extractfile(member)
    return stream.read() if stream else b""


if params.commit == params.unknown:
    editions = sorted(path.name for path in Path(params.sources, note, "editions").glob("*/"))
    known = ", ".join(["now", *editions])
    print(f'there is no version "{snakemake.wildcards.version}"; expected {known} or a git revision', file=sys.stderr)
    sys.exit(1)

with telling_problems():
    if params.edition:
        taken = read_folder(params.edition)
    else:
        raw = read_revision(params.commit) if params.commit else read_folder(params.snapshot.format(note=note))
        files = read_below(params.templates, snakemake.input.house)
        speeches = [Speech(tag, params.source, params.locales.get(tag, ""), release=False) for tag in params.languages]
        taken = make_version(note, raw, files, speeches)
replace_folder(snakemake.output[0], taken)
