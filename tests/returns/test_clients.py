"""What LibreOffice makes of a file of ours, untouched or edited, tracked or not: each edit is found with its place."""

import re
from collections import Counter
from pathlib import Path

import pytest

from briefing.readers.docx.reader import read_docx
from briefing.readers.docx.reading import DELETED, INSERTED, RUNNING
from support.libreoffice import edit_file
from support.oracles import read_with_pandoc
from support.returned import bring_back, list_kinds, send_out
from support.reviewing import WordFile

EDITS = {
    ("nothing", "", ""): [],
    ("insert", "inhabitants", " or more"): [("text", "patch", "", "or more", "text/01-guards.md:4")],
    ("replace", "On average", ""): [("text", "patch", "On average", "", "text/01-guards.md:4")],
    ("replace", "Their number", "A count"): [("text", "patch", "Their number", "A count", "text/01-guards.md:8")],
    ("replace", "450", "460"): [("data", "kept", "450", "460", "text/01-guards.md:11")],
    ("replace", "2,900", "5,000"): [("data", "kept", "over 2,900", "over 5,000", "text/01-guards.md:11")],
    ("replace", "Guards, and", "Men, and"): [("text", "hand", "Guards", "Men", "charts.yaml:4")],
    ("split", "On average", ""): [("structure", "patch", "", "¶", "text/01-guards.md:4")],
    ("merge", "a count of the", ""): [("structure", "patch", "¶", "", "text/02-help.md:6")],
    ("remove", "count of the", ""): [("structure", "patch", "a count of the 450 women;", "", "text/02-help.md:6")],
    ("add", "money.", "more money."): [("structure", "patch", "", "more money.", "text/02-help.md:7")],
    ("comment", "offers", "Since when?"): [("comment", "hand", "offers", "Since when?", "text/02-help.md:3")],
    ("insert", "training", " of men"): [("text", "patch", "", "of men", "text/02-help.md:5")],
    ("split", "as SSR", ""): [("structure", "patch", "", "¶", "text/02-help.md:5")],
    ("move", "Ruritania had", ""): [("structure", "patch", "", "", "text/01-guards.md:4")],
    ("move", "training", ""): [("structure", "patch", "", "", "text/02-help.md:5")],
    # A footnote; cells of the box, the annex and the acronyms; an entry of the bibliography.
    ("replace", "forbids", "excludes"): [("text", "patch", "forbids", "excludes", "text/01-guards.md:6")],
    ("insert", "forbids it", " at all"): [("text", "patch", "", "at all", "text/01-guards.md:6")],
    ("replace", "1.2", "2.5"): [("data", "kept", "1.2 million", "2.5 million", "figures.yaml:29")],
    ("replace", "persons per", "men for"): [("text", "hand", "persons per", "men for", "figures.yaml:15")],
    ("replace", "Population density", "Density"): [
        ("text", "hand", "Population density", "Density", "figures.yaml:15")
    ],
    ("insert", "security sector reform", " there"): [("text", "hand", "", "there", "acronyms.csv:2")],
    ("replace", "Census of", "Count of"): [("citation", "kept", "Census", "Count", "bibliography.json:3")],
    # LibreOffice 7 keeps an answer as a comment of its own.
    ("reply", "offers", "In 2017."): [
        ("comment", "hand", "offers", "Really?", "text/02-help.md:3"),
        ("comment", "hand", "offers", "In 2017.", "text/02-help.md:3"),
    ],
}


@pytest.mark.client
def test_each_edit_that_libreoffice_makes_is_found_with_its_place(tmp_path: Path) -> None:
    edits = [(mode, *edit) for edit in EDITS for mode in ("plain", "tracked")]
    for (mode, *edit), raw in zip(edits, edit_file(send_out("tiny"), edits, tmp_path), strict=True):
        found = bring_back(raw)
        expected = EDITS[tuple(edit)]  # type: ignore[index]
        items = [
            (item["kind"], item["outcome"], item["old"], item["new"], item["place"].removeprefix("sources/tiny/"))
            for item in found.proposal["items"]
        ]
        assert items == expected, (mode, edit)
        assert all(
            item["tracked"] == (mode == "tracked") for item in found.proposal["items"] if item["kind"] != "comment"
        )
        assert found.proposal["inserted"] == found.proposal["told"] and not found.proposal["doubts"]
        assert expected or list_kinds(found) == []


@pytest.mark.client
def test_pandoc_reads_the_same_words_before_and_after_as_we_do(tmp_path: Path) -> None:
    file = WordFile(send_out("tiny"), "Ada")
    file.replace(file.find("guards_1"), "covers", "has")
    file.replace(file.find("number_1"), "450", "460")
    file.split(file.find("guards_1"), "On average")
    file.remove(file.find("help_2_1"))
    file.add(file.find("help_1"), "A new paragraph.")
    path = tmp_path / "reviewed.docx"
    path.write_bytes(file.save())
    paragraphs = [row for row in read_docx("x", path.read_bytes()).paragraphs if row.place.where != RUNNING]
    more = []
    for track, left in (("accept", DELETED), ("reject", INSERTED)):
        texts = ["".join(piece.text for piece in row.pieces if piece.state != left) for row in paragraphs]
        ours, theirs = (
            Counter(re.findall(r"\w+", "\n".join(lines))) for lines in (texts, read_with_pandoc(path, track))
        )
        assert not ours - theirs
        more.append(theirs - ours)
    # It reads the alternative of the chart too, and the number of the footnote.
    assert more[0] == more[1] and more[0]["Bar"] == 1 and more[0].total() == 11
