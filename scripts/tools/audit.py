"""Hold the locked versions of all libraries against the known vulnerabilities: `audit.py <uv>`, run by `make audit`.

Exit code 0: every library was looked up, none has a known vulnerability; 1: some have; 2: not all could be looked up.
What was not looked up is no pass: pip-audit itself says "no known vulnerabilities found" where no service answers.
"""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

PIP_AUDIT = "pip-audit==2.10.1"


def list_locked(uv: str, requirements: Path) -> None:
    """Write the locked versions of the project and its tools, with their hashes, as pip reads them."""
    command = [
        uv,
        "export",
        "--locked",
        "--quiet",
        "--all-groups",
        "--no-emit-project",
        "--output-file",
        str(requirements),
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def look_up(uv: str, requirements: Path) -> list[dict[str, Any]] | None:
    """Ask the service of pip-audit for each library; None where it gives no answer at all."""
    command = [uv, "tool", "run", "--quiet", "--from", PIP_AUDIT, "pip-audit", "--requirement", str(requirements)]
    command += ["--disable-pip", "--progress-spinner", "off", "--format", "json"]
    ended = subprocess.run(command, check=False, capture_output=True, text=True)
    try:
        dependencies: list[dict[str, Any]] = json.loads(ended.stdout)["dependencies"]
    except (ValueError, KeyError):
        return None
    return dependencies


def describe(dependencies: list[dict[str, Any]] | None) -> tuple[int, list[str]]:
    """Say what was found, a line each, and with which exit code."""
    if not dependencies:
        return 2, [
            "No vulnerability service could be reached, so nothing was checked; run make audit where one can be."
        ]
    unknown = [found["name"] for found in dependencies if "skip_reason" in found]
    lines = [
        f"{found['name']} {found['version']}: {flaw['id']}, mended in {', '.join(flaw['fix_versions']) or 'none yet'}"
        for found in dependencies
        for flaw in found.get("vulns", ())
    ]
    if len(unknown) == len(dependencies):
        what = f"The vulnerability service knows none of the {len(unknown)} libraries, so nothing was checked"
        return 2, [f"{what}; run make audit where it can be reached."]
    checked = f"{len(dependencies) - len(unknown)} of {len(dependencies)} libraries were looked up"
    if unknown:
        lines.append(f"The service does not know {', '.join(unknown)}.")
    lines.append(f"{checked}; {len(lines) - bool(unknown) or 'no'} known vulnerabilities.")
    found_any = len(lines) - 1 - bool(unknown) > 0
    return (1 if found_any else 2 if unknown else 0), lines


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        list_locked(sys.argv[1], Path(folder, "requirements.txt"))
        code, lines = describe(look_up(sys.argv[1], Path(folder, "requirements.txt")))
    print(*lines, sep="\n", file=sys.stderr if code else sys.stdout)
    sys.exit(code)
