"""Snakemake's progress, quieted to what an editor reads: a line a step, what went wrong, and what was made.

Snakemake finds this module by its name on the path; `make note` asks for it with `--logger briefnote`.
"""

import logging
import sys
from typing import Any

from snakemake_interface_logger_plugins.base import LogHandlerBase

# What Snakemake says about a failed step, after the step has said it better.
NOISE = (
    "RuleException",
    "CalledProcessError",
    "Shutting down",
    "Exiting because a job execution failed",
    "WorkflowError:\nAt least one job did not complete",
    "At least one job did not complete",
    "Removing output files",
    "Error in rule",
)
# Where in the workflow an error rose; an editor needs the place in the source, which the message has.
FRAMES = ("WorkflowError in file", "  File ")
QUIET_STEPS = ("all",)


class LogHandler(LogHandlerBase):
    """Writes one line a step to standard error."""

    def __post_init__(self) -> None:
        self.total = 0
        self.begun = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Write what a record says to a reader, if it says anything."""
        event = getattr(record, "event", None)
        match str(event or ""):
            case "run_info":
                stats: dict[str, Any] = getattr(record, "stats", {})
                self.total = int(stats.get("total", 0)) - sum(int(stats.get(name, 0)) for name in QUIET_STEPS)
            case "job_info" if getattr(record, "rule_name", "") not in QUIET_STEPS:
                self.begun += 1
                said = getattr(record, "rule_msg", None) or getattr(record, "rule_name", "")
                width = len(str(self.total))
                self._say(f"[{self.begun:>{width}}/{self.total}] {said}")
            case "" | "error":
                self._emit_text(record)

    def _emit_text(self, record: logging.LogRecord) -> None:
        text = record.getMessage().strip()
        if text.startswith("Nothing to be done"):
            self._say("Nothing has changed since the last build; all files are up to date.")
        elif record.levelno >= logging.ERROR and text and not text.startswith(NOISE):
            kept = [line for line in text.splitlines() if not line.startswith(FRAMES)]
            self._say("\n".join(kept) or text)

    def _say(self, text: str) -> None:
        print(text, file=sys.stderr, flush=True)

    @property
    def writes_to_stream(self) -> bool:
        """Say that this handler takes the place of Snakemake's own lines."""
        return True

    @property
    def writes_to_file(self) -> bool:
        """Say that no file is written."""
        return False

    @property
    def has_filter(self) -> bool:
        """Say that every record is looked at."""
        return True

    @property
    def has_formatter(self) -> bool:
        """Say that records need no formatting."""
        return True

    @property
    def needs_rulegraph(self) -> bool:
        """Say that the graph of rules is not needed."""
        return False
