"""The audit of the libraries: what the service of vulnerabilities says, and what it does not, in one sentence."""

from typing import Any

import pytest

from tools.audit import describe

SOUND = {"name": "lxml", "version": "6.0.0", "vulns": []}
UNKNOWN = {"name": "briefnote", "skip_reason": "not found"}
FLAWED = {"name": "jinja2", "version": "3.1.0", "vulns": [{"id": "CVE-2024-1", "fix_versions": ["3.1.6"]}]}
OPEN = {"name": "pillow", "version": "9.0", "vulns": [{"id": "CVE-2023-2", "fix_versions": []}]}


@pytest.mark.parametrize(
    ("found", "code", "words"),
    [
        (None, 2, ["nothing was checked"]),
        ([], 2, ["nothing was checked"]),
        ([UNKNOWN, UNKNOWN], 2, ["knows none of the 2 libraries"]),
        ([SOUND], 0, ["1 of 1 libraries were looked up; no known vulnerabilities."]),
        ([SOUND, UNKNOWN], 2, ["does not know briefnote", "1 of 2 libraries were looked up; no known"]),
        ([SOUND, FLAWED], 1, ["jinja2 3.1.0: CVE-2024-1, mended in 3.1.6", "; 1 known vulnerabilities."]),
        ([FLAWED, OPEN, UNKNOWN], 1, ["pillow 9.0: CVE-2023-2, mended in none yet", "; 2 known vulnerabilities."]),
    ],
)
def test_what_was_not_looked_up_has_not_passed_and_what_has_a_flaw_fails(
    found: list[dict[str, Any]] | None, code: int, words: list[str]
) -> None:
    ended, lines = describe(found)
    assert ended == code and all(any(word in line for line in lines) for word in words), lines
