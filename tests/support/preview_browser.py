"""A preview in a process of its own, and a browser that follows it while sources are edited; no test, no fixture."""

import json
import re
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = re.compile(r"(http://127\.0\.0\.1:\d+/) \d+ problems?,")


@contextmanager
def start_preview(folder: Path, *settings: str, wait: float = 120) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """Start a preview of a folder on a port that is free; give its address, once it has seen the note."""
    command = [sys.executable, str(ROOT / "scripts/preview.py"), str(folder), "PORT=0", *settings]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout
    late = threading.Timer(wait, process.kill)
    late.start()
    try:
        said = ""
        while not (found := ADDRESS.search(said)):
            line = process.stdout.readline()
            if not line:
                raise RuntimeError(f"the preview has ended: {said}")
            said += line
        late.cancel()
        threading.Thread(target=process.stdout.read, daemon=True).start()  # else a long talk would fill the pipe
        yield found[1], process
    finally:
        late.cancel()
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        finally:
            process.kill()


def edit_file(path: Path, old: str, new: str) -> str:
    """Give the text of a file in which some words, which stand there once, are others."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1, (path, old)
    return text.replace(old, new)


def drive(node: str, chromium: str, address: str, steps: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Open a page of the preview in a browser, edit, and give what was seen there."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as given:
        json.dump({"steps": [*steps]}, given)
        given.flush()
        script = str(ROOT / "tests/clients/preview.mjs")
        command = [node, script, chromium, address, given.name]
        run = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert run.returncode == 0, run.stderr
    seen: dict[str, Any] = json.loads(run.stdout)
    return seen
