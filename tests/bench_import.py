"""Time the import of a long note that has come back: `python tests/bench_import.py --copies 6 --edits 200`.

The note is the one of the repository, whose sections stand in it several times; a reviewer has put words into many of
its paragraphs. What is measured is processor time beyond the start: modules are loaded, and another note was read.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import pstats
import re
import sys
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests")]
NOTE = "mali"


def lengthen(raw: Mapping[str, bytes], copies: int) -> dict[str, bytes]:
    """Give the sources of a note with the sections of its body several times over, under ids of their own."""
    longer = dict(raw)
    for name, content in raw.items():
        for number in range(2, copies + 1):
            text = re.sub(r"(\{#|\(#|\[\^)([\w-]+)(?=[])}])", rf"\1\2-x{number}", content.decode("utf-8", "replace"))
            if re.search(r"/text/0[2-7]-[^/]*\.md$", name):
                text = re.sub(r"^!\[.*\n", "", text, flags=re.MULTILINE)
                longer[name.replace(".md", f"-x{number}.md")] = text.encode("utf-8")
            elif name.endswith(".po"):
                own = [entry for entry in text.split("\n\n") if re.search(r"^msgctxt", entry, re.MULTILINE)]
                again = "\n\n".join(re.sub(r'^(msgctxt ".*)"$', rf'\1-x{number}"', one, flags=re.M) for one in own)
                longer[name] += b"\n" + again.encode("utf-8") + b"\n"
    return longer


def main() -> None:
    """Print the times of one run."""
    from briefing.readers.docx.reader import read_docx
    from briefing.steps.import_file import ReturnedFile, Version, import_files
    from support.editions import read_raw
    from support.house import read_house_files
    from support.returned import DAY, STYLES, TARGETS, W, WordFile, bring_back, send_out, write_out

    parser = argparse.ArgumentParser()
    parser.add_argument("--copies", type=int, default=6)
    parser.add_argument("--edits", type=int, default=200)
    parser.add_argument("--language", default="en")
    parser.add_argument("--keep", type=Path, help="where to write the file, to count its pages")
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    raw = lengthen(read_raw(NOTE), options.copies)
    file = WordFile(write_out(raw, NOTE, options.language), "Ada")
    paragraphs = [paragraph for paragraph in file.root().iter(f"{W}p") if len(file.read(paragraph).split()) > 30]
    for paragraph in paragraphs[:: max(len(paragraphs) // options.edits, 1)]:
        word = max(file.read(paragraph).split(), key=len)
        file.insert_after(paragraph, word, " indeed")
    reviewed = file.save()
    if options.keep:
        options.keep.write_bytes(reviewed)
    bring_back(send_out("tiny"))
    gc.collect()
    gc.disable()  # as the importer does
    profile = cProfile.Profile()
    started = time.process_time()
    if options.profile:
        profile.enable()
    reading = read_docx("reviewed.docx", reviewed)
    read = time.process_time()
    returned = [ReturnedFile(reading, options.language, Version("base", raw))]
    found = import_files(NOTE, raw, returned, read_house_files(), STYLES, TARGETS, DAY)
    profile.disable()
    done = time.process_time()
    words = sum(len(paragraph.text.split()) for paragraph in reading.paragraphs)
    print(f"{words} words, {len(reading.paragraphs)} paragraphs, {len(found.proposal['items'])} items")
    print(f"reading {read - started:.2f} s, proposing {done - read:.2f} s of processor time")
    if options.profile:
        pstats.Stats(profile).sort_stats("tottime").print_stats(60)


if __name__ == "__main__":
    main()
