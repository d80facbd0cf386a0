"""Snakemake's progress, quieted to what an editor reads: a line a step, what went wrong, and what was made.

Snakemake finds this module by its name on the path; `make note` asks for it with `--logger briefnote`.
"""

import logging
import sys
import time
from collections.abc import Iterable
from pathlib import Path
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
ENDED = "it was ended from outside, or ran out of memory; run make again"
CLOCKS = 60  # seconds by which the clock of another machine may differ


class LogHandler(LogHandlerBase):
    """Writes one line a step to standard error, and what went wrong at the end, by note."""

    def __post_init__(self) -> None:
        self.total = 0
        self.begun = 0
        self.started = time.time()
        self.steps: dict[Any, tuple[str, str]] = {}  # the note of each job, and what the job does
        self.failed: dict[str, dict[str, str]] = {}  # what the failed jobs of each note do, and what they say of it

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
                note = dict(getattr(record, "wildcards", None) or {}).get("note", "")
                self.steps[getattr(record, "jobid", None)] = note, said
                width = len(str(self.total))
                self._say(f"[{self.begun:>{width}}/{self.total}] {said}")
            case "job_error":
                self._keep_failure(vars(record), is_sure=True)
            case "group_error":
                # All jobs of a group are told, also those that went well or never began.
                for job in getattr(record, "job_error_info", ()):
                    self._keep_failure(job, is_sure=False)
            case "" | "error":
                self._emit_text(record)

    def _emit_text(self, record: logging.LogRecord) -> None:
        text = record.getMessage().strip()
        if text.startswith("Nothing to be done"):
            self._say("Nothing has changed since the last build; all files are up to date.")
        elif record.levelno >= logging.ERROR and text and not text.startswith(NOISE):
            kept = [line for line in text.splitlines() if not line.startswith(FRAMES)]
            self._say("\n".join(kept) or text)

    def _keep_failure(self, job: dict[str, Any], is_sure: bool) -> None:
        """Keep what a failed job says of it, until the others have ended."""
        note, step = self.steps.get(job.get("jobid"), ("", str(job.get("rule_name"))))
        said = "\n".join(filter(None, self._read_logs(job.get("log") or ())))
        if said or is_sure:
            self.failed.setdefault(note, {}).setdefault(said, step)

    def _read_logs(self, paths: Iterable[str]) -> Iterable[str]:
        for path in map(Path, paths):
            if path.is_file() and path.stat().st_mtime >= self.started - CLOCKS:
                yield path.read_text("utf-8", "replace").strip()

    def close(self) -> None:
        """Say what went wrong, note by note; this comes last, and each thing once."""
        for note, told in self.failed.items():
            # Where a step is the reason, those that could not begin after it have nothing to say, and need not.
            silent = told.pop("", "")
            heading = [f"{note}: {' · '.join(dict.fromkeys(told.values()))}"] if told and len(self.failed) > 1 else []
            self._say("\n".join(["", *heading, *(told or [f"{silent}: this ended without a word; {ENDED}"])]))
        self.failed = {}
        super().close()

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
