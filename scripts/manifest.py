"""Write the manifest: the version id, the sha256 of every source and output, the versions of the tools."""

import hashlib
import json
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

from briefing.workflow.files import write_atomically

snakemake: Any = globals()["snakemake"]

snapshot = json.loads(Path(snakemake.input.version).read_text("utf-8"))
folder = Path(snakemake.output[0]).parent
outputs = {
    Path(path).relative_to(folder).as_posix(): {
        "bytes": Path(path).stat().st_size,
        "sha256": hashlib.sha256(Path(path).read_bytes()).hexdigest(),
    }
    for path in sorted(snakemake.input.outputs)
}
tools = {name: version(name) for name in sorted(snakemake.params.tools)}
manifest = {
    "note": snapshot["note"],
    "version": snapshot["version"],
    "outputs": outputs,
    "sources": snapshot["sources"],
    "tools": {"python": platform.python_version(), **tools},
}
write_atomically(snakemake.output[0], json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
