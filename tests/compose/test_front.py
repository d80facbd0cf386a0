"""Page one and the colophon: key points, groups of key statistics, and what note.yaml says of the publication."""

import json
from collections.abc import Mapping

import pytest

from briefing.document.nodes import Bibliography, Contents, Heading, KeyPoints, KeyStatistics, Paragraph, heads_group
from briefing.document.walking import get_text
from briefing.problems import SourceError
from briefing.sources.note_sources import check_names
from briefing.sources.snapshot import read_snapshot
from briefing.sources.version_id import compute_version
from support.editions import (
    Edition,
    change_edition,
    change_raw,
    compose_edition,
    make_edition,
    make_translator,
    read_raw,
    read_source,
)

POINTS = "# Key points {#key-points}\n\n- There are {{ guards | over 2900 }} guards.\n- SSR waits.\n"


def print_colophon(edition: Edition) -> dict[str, str]:
    blocks = edition.composition.document.blocks
    said = {block.id: get_text(block.children) for block in blocks if isinstance(block, Paragraph) and block.role}
    return {name: text.replace("\u00a0", " ") for name, text in said.items()}


def read_anew(changes: Mapping[str, str]) -> Edition:
    """Compose the tiny note from its files, some of them changed."""
    raw = {**read_raw("tiny"), **{f"tiny/{name}": text.encode("utf-8") for name, text in changes.items()}}
    return compose_edition(read_snapshot("tiny", raw), compute_version(raw))


def add_settings(text: str, **works: object) -> Edition:
    changed = {"note.yaml": read_source("tiny", "note.yaml") + text}
    if works:
        items = [*json.loads(read_source("tiny", "bibliography.json")), {"id": "roll", "type": "report", **works}]
        changed["bibliography.json"] = json.dumps(items)
    return read_anew(changed)


def test_key_points_come_first_without_a_number_and_need_spell_nothing_out() -> None:
    edition = change_edition("tiny", {"text/00-key-points.md": POINTS})
    points, box, contents = edition.composition.document.blocks[:3]
    assert isinstance(points, KeyPoints) and isinstance(box, KeyStatistics) and isinstance(contents, Contents)
    assert [get_text(point.children) for point in points.points] == ["There are over 2,900\u00a0guards.", "SSR waits."]
    assert edition.problems == ()
    headings = [block for block in edition.composition.document.blocks if isinstance(block, Heading)]
    assert [heading.number for heading in headings[:3]] == ["1", "1.1", "2"]
    wrong = change_edition("tiny", {"text/00-key-points.md": POINTS.replace("over 2900", "over 3100")})
    assert any('"over 3,100" is false' in problem.message for problem in wrong.problems)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# Key points {#key-points}\n\nProse.\n", "key points are one list, and nothing else"),
        (f"{POINTS}\nProse.\n", "key points are one list, and nothing else"),
        ("# Key points {#key-points}\n", "there are no key points"),
        (POINTS.replace("waits.", "waits.[^a]") + "\n[^a]: Long.\n", "a key point has no footnote"),
    ],
)
def test_what_is_no_list_of_key_points_is_told(text: str, told: str) -> None:
    with pytest.raises(SourceError) as raised:
        check_names(change_edition("tiny", {"text/00-key-points.md": text}).snapshot.sources)
    assert [told in problem.message for problem in raised.value.problems] == [True]


def test_lines_of_one_group_stand_under_its_name() -> None:
    text = read_source("tiny", "figures.yaml")
    line = text[text.index("  - id: population") : text.index("checks:")]
    lines = [line.replace("id: population", f"id: l{n}\n    group: {name}") for n, name in enumerate("AAB")]
    edition = read_anew({"figures.yaml": text.replace(line, "".join(lines))})
    box = edition.composition.document.blocks[0]
    assert isinstance(box, KeyStatistics)
    said = [(get_text(part.label), heads_group(part)) for part in box.lines]
    assert said == [("A", True), ("Population", False), ("Population", False), ("B", True), ("Population", False)]


def test_the_colophon_prints_what_note_yaml_says_of_the_publication_and_nothing_else() -> None:
    plain = print_colophon(make_edition("tiny"))["colophon-publication"]
    assert plain == "Publication. Publisher: Briefnote. Contact: See the project's README. Series: Test Note."
    full = print_colophon(add_settings('editor: Black Michael\nnumber: "7"\nstatus: draft\nlimits: Rumours only.\n'))
    assert full["colophon-publication"].endswith("Series: Test Note. Number: 7. Status: draft.")
    assert "Editor: Black Michael." in full["colophon-publication"] and full["colophon-limits"].endswith(
        "Rumours only."
    )
    assert {"colophon-basis", "colophon-limits"}.isdisjoint(print_colophon(make_edition("tiny")))
    cited = print_colophon(make_edition("tiny"))["colophon-citation"]
    assert "Briefnote (2019) Ruritania — A very short note. Test Note" in cited and "Edition of February 2019." in cited


def test_the_basis_of_a_note_is_named_listed_and_the_source_of_what_names_none() -> None:
    work = {"title": "Roll", "author": [{"literal": "Strelsau"}], "issued": {"date-parts": [[2017]]}}
    edition = add_settings("basis: roll\n", **work, custom={"licence": "ODbL"})
    colophon = print_colophon(edition)
    assert "restates Roll (Strelsau, 2017)" in colophon["colophon-basis"] and "ODbL" in colophon["colophon-rights"]
    lists = [block for block in edition.composition.document.blocks if isinstance(block, Bibliography)]
    assert "roll" in {entry.key for entry in lists[0].entries}
    box = edition.composition.document.blocks[0]
    assert isinstance(box, KeyStatistics) and "(Strelsau, 2017)" in get_text(box.note)


def test_a_basis_that_the_bibliography_lacks_is_told_at_its_line() -> None:
    text = read_source("tiny", "note.yaml") + "basis: rool\n"
    with pytest.raises(SourceError, match=r'note\.yaml:\d+:\d+: the bibliography has no work "rool"'):
        check_names(read_snapshot("tiny", {**read_raw("tiny"), "tiny/note.yaml": text.encode("utf-8")}).sources)


def test_works_cited_known_by_their_keys_and_recommended_stand_apart() -> None:
    items = json.loads(read_source("tiny", "bibliography.json"))
    items[1] = {"id": "watch", "type": "document", "author": items[1]["author"], "custom": {"key": "W 1"}}
    items.append({"id": "zenda", "type": "book", "title": "Zenda", "custom": {"reading_list": True}})
    reading = read_source("tiny", "text/04-reading.md") + "\n# Further reading {#further-reading}\n\nRead on.\n"
    edition = read_anew({"bibliography.json": json.dumps(items), "text/04-reading.md": reading})
    lists = [block for block in edition.composition.document.blocks if isinstance(block, Bibliography)]
    assert [(block.id, [entry.key for entry in block.entries]) for block in lists] == [
        ("bibliography", ["census2018"]),
        ("bibliography-by-key", ["watch"]),
        ("reading-list", ["zenda"]),
    ]


def test_a_work_that_was_issued_in_the_language_of_the_document_has_its_title_of_that_language() -> None:
    works = json.loads(read_source("tiny", "bibliography.json"))
    works[0]["custom"] = {**works[0].get("custom", {}), "titles": {"fr": "Le Recensement de Ruritanie"}}
    raw = change_raw("tiny", {"bibliography.json": json.dumps(works)})
    snapshot = read_snapshot("tiny", raw)
    source = compose_edition(snapshot)
    french = compose_edition(
        snapshot, translator=make_translator(snapshot, read_source("tiny", "translations/fr.po"), release=False)
    )
    entries = [
        get_text(item.children)
        for edition in (source, french)
        for block in edition.composition.document.blocks
        if isinstance(block, Bibliography)
        for item in block.entries
        if item.id.endswith(works[0]["id"])
    ]
    assert len(entries) == 2
    assert works[0]["title"] in entries[0] and "Le Recensement de Ruritanie" in entries[1]
