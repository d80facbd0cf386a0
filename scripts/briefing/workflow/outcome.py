"""Say what a build has made: paths, sizes, warnings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def describe_outcome(folder: str, manifest: Mapping[str, Any], report: Mapping[str, Any]) -> str:
    """Describe the files of a note with their sizes, and list the warnings of its report."""
    outputs = manifest["outputs"]
    width = max(len(f"{folder}/{name}") for name in outputs)
    lines = [f"{f'{folder}/{name}':<{width}}  {entry['bytes'] / 1000:>8,.0f} kB" for name, entry in outputs.items()]
    lines.append(f"Version of the data: {manifest['version']}")
    warnings: Sequence[Mapping[str, Any]] = report["warnings"]
    lines.extend(f"Warning: {row['file']}:{row['line']}:{row['column']}: {row['message']}" for row in warnings)
    lines.append(f"{len(warnings)} warning{'' if len(warnings) == 1 else 's'}; more in {folder}/report.html")
    return "\n".join(lines)
