"""Say what a build has made: paths, sizes, warnings; of many notes, a line each."""

from __future__ import annotations

from briefing.report.rows import Report
from briefing.steps.manifest import Manifest


def describe_outcome(folder: str, manifest: Manifest, report: Report) -> str:
    """Describe the files of a note with their sizes, and list the warnings of its report."""
    outputs = manifest["outputs"]
    width = max(len(f"{folder}/{name}") for name in outputs)
    lines = [f"{f'{folder}/{name}':<{width}}  {entry['bytes'] / 1000:>8,.0f} kB" for name, entry in outputs.items()]
    lines.append(f"Version of the data: {manifest['version']}")
    if later := report["later"]:
        rows = "1 row is" if len(later) == 1 else f"{len(later)} rows are"
        where = f"from line {min(row['line'] for row in later)} of observations.csv on"
        lines.append(f"{rows} known only after the as-of date, {report['as_of']}, and not used yet, {where}.")
    warnings = report["warnings"]
    lines.extend(f"Warning: {row['file']}:{row['line']}:{row['column']}: {row['message']}" for row in warnings)
    lines.append(f"{_count_warnings(report)}; more in {folder}/report.html")
    return "\n".join(lines)


def summarise_outcome(folder: str, manifest: Manifest, report: Report) -> str:
    """Say in a line what was made of a note."""
    outputs = manifest["outputs"].values()
    size = sum(entry["bytes"] for entry in outputs) / 1000
    return f"{folder}: {len(outputs)} files, {size:,.0f} kB, version {manifest['version']}, {_count_warnings(report)}"


def _count_warnings(report: Report) -> str:
    return f"{len(report['warnings'])} warning{'' if len(report['warnings']) == 1 else 's'}"
