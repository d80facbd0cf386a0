"""Take the picture of the preview that the README shows: `python tests/picture_preview.py`; no test.

A wording of the first note is made untrue in a temporary copy of the sources, and the page that tells it is drawn.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image

from support.preview_browser import drive, edit_file, start_preview

ROOT = Path(__file__).resolve().parents[1]
NOTE, PICTURE = "mali", ROOT / "docs/preview.png"
SHOWN, SIZE, COLOURS = (0, 0, 1280, 705), (960, 529), 128
"""What of the window is shown, in pixels, and the size and number of colours of the picture."""


def main() -> None:
    """Take the picture."""
    node, chromium = (shutil.which(name) for name in ("node", "chromium"))
    if not node or not chromium:
        sys.exit("Node and Chromium are needed, and the packages of tests/clients: make clients installs them.")
    with tempfile.TemporaryDirectory() as name:
        folder, drawn = Path(name), Path(name, "drawn.png")
        shutil.copytree(ROOT / "sources", folder / "sources")
        shutil.copy(ROOT / "config.yaml", folder)
        prose = folder / f"sources/{NOTE}/text/01-introduction.md"
        text = edit_file(prose, "{{ literacy_rate | about a third }}", "{{ literacy_rate | nearly half }}")
        step = {"name": "false", "file": str(prose), "text": text, "selector": ".preview-note", "seen": "is false"}
        place = {"scroll": "main .text p:has-text('adults were literate')", "settled": True, "wait": 3000}
        with start_preview(folder, f"NOTE={NOTE}") as (address, _):
            drive(node, chromium, address, [{**step, **place, "screenshot": str(drawn)}])
        picture = Image.open(drawn).convert("RGB").crop(SHOWN).resize(SIZE, Image.Resampling.LANCZOS)
        picture.quantize(COLOURS).save(PICTURE, optimize=True)
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
