"""What came of the sources meanwhile, and what two reviewers want: merged by words, or said to be in conflict."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.returns.merging import merge
from support.editions import read_raw
from support.returned import bring_back, send_out, write_out
from support.reviewing import WordFile

GUARDS = "tiny/text/01-guards.md"
WORDS = st.lists(st.sampled_from("abcdef"), min_size=1, max_size=12).map(" ".join)


def review(*edits: tuple[str, str, str], author: str = "Ada") -> bytes:
    file = WordFile(send_out("tiny"), author)
    for bookmark, old, new in edits:
        file.replace(file.find(bookmark), old, new)
    return file.save()


def change(old: str, new: str) -> dict[str, bytes]:
    text = read_raw("tiny")[GUARDS].decode()
    assert old in text
    return {**read_raw("tiny"), GUARDS: text.replace(old, new).encode()}


def test_words_merge_with_what_has_changed_beside_them() -> None:
    now = change("{{ population | about }} inhabitants", "{{ population | over 1000000 }} people")
    found = bring_back(review(("guards_1", "covers", "has")), now=now)
    (item,) = found.proposal["items"]
    assert item["outcome"] == "patch"
    assert b"{{ population | over 1000000 }} people in 2018 and has {{ area }}" in found.changed[GUARDS]


def test_what_both_changed_is_a_conflict_with_three_wordings_and_stays() -> None:
    now = change("covers", "measures")
    found = bring_back(review(("guards_1", "covers", "has"), ("guards_1", "people live", "souls live")), now=now)
    conflict, other = found.proposal["items"]
    assert conflict["kind"] == "conflict" and conflict["outcome"] == "kept"
    assert conflict["wordings"] == {"base": "covers", "now": "measures", "reviewed": "has"}
    assert other["outcome"] == "patch" and b"measures {{ area }}" in found.changed[GUARDS]
    assert b"souls live" in found.changed[GUARDS]


def test_an_edit_is_taken_whole_or_not_at_all() -> None:
    now = change("has not begun", "has never begun")
    found = bring_back(review(("guards_1", "reform (SSR) has not begun", "change did not start")), now=now)
    assert not found.changed and {item["kind"] for item in found.proposal["items"]} == {"conflict"}


def test_two_reviewers_give_one_proposal_in_either_order() -> None:
    ada = ("ada.docx", review(("guards_1", "covers", "has"), ("guards_1", "people live", "souls live")))
    bob = ("bob.docx", review(("guards_1", "covers", "holds"), ("help_1", "offers", "wants"), author="Bob"))
    one, other = bring_back(ada, bob), bring_back(bob, ada)
    assert one.changed == other.changed and one.files["sources.patch"] == other.files["sources.patch"]
    told = [
        sorted((item["author"], item["kind"], item["new"]) for item in found.proposal["items"])
        for found in (one, other)
    ]
    assert told[0] == told[1] == [
        ("Ada", "conflict", "has"), ("Ada", "text", "souls"), ("Bob", "conflict", "holds"), ("Bob", "text", "wants"),
    ]  # fmt: skip
    assert b"covers {{ area }}" in one.changed[GUARDS] and one.proposal["files"] == ["ada.docx", "bob.docx"]


def test_a_conflict_says_the_whole_of_what_each_has() -> None:
    ada = review(("guards_1", "people live on", "people reside by"), ("guards_1", "has not begun", "did not begin"))
    bob = review(("guards_1", "live", "dwell"), ("guards_1", "not begun", "never been"), author="Bob")
    for files in ((ada, bob), (bob, ada)):
        found = bring_back(*files)
        said = {(item["author"], item["new"]): item["wordings"] for item in found.proposal["items"]}
        live, dwell = ("reside by", "dwell on")
        assert said["Ada", "reside by"] == {"base": "live on", "now": dwell, "reviewed": live}
        assert said["Bob", "dwell"] == {"base": "live on", "now": live, "reviewed": dwell}
        assert {item["kind"] for item in found.proposal["items"]} == {"conflict"} and not found.changed


def test_what_is_written_stays_words_where_another_edit_of_its_line_is_in_conflict() -> None:
    raw = {**read_raw("tiny"), GUARDS: b"# The guards {#guards}\n\nThen 19. came after a day of rain.\n"}
    sent = write_out(raw)
    files = []
    for author, word in (("Ada", "snow"), ("Bob", "hail")):
        file = WordFile(sent, author)
        file.replace(file.find("guards_1"), "rain", word)
        if author == "Ada":
            file.replace(file.find("guards_1"), "Then ", "")
        files.append(file.save())
    for order in itertools.permutations(files):
        assert b"\n19\\. came after a day of rain.\n" in bring_back(*order, base=raw).changed[GUARDS]


def test_one_file_after_the_other_gives_the_same_in_both_orders() -> None:
    files = [review(("guards_1", "covers", "has")), review(("guards_1", "people live", "souls live"), author="Bob")]
    results = []
    for order in itertools.permutations(files):
        raw = dict(read_raw("tiny"))
        for file in order:
            raw |= bring_back(file, now=raw, base=read_raw("tiny")).changed
        results.append(raw[GUARDS])
    assert results[0] == results[1] and b"has {{ area }}" in results[0] and b"souls live" in results[0]
    assert bring_back(files[0], now=raw, base=read_raw("tiny")).changed == {}


@settings(max_examples=200, deadline=None)
@given(WORDS, WORDS, WORDS)
def test_merging_takes_what_one_side_changed_and_is_the_same_from_both_sides(base: str, one: str, other: str) -> None:
    assert merge(base, base, one) == (one, []) and merge(base, one, base) == (one, [])
    assert merge(base, one, one) == (one, [])
    merged, clashes = merge(base, one, other, keep_base=True)
    mirrored, reflected = merge(base, other, one, keep_base=True)
    assert merged == mirrored and len(clashes) == len(reflected)
