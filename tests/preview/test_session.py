"""A session at the desk: it shows what the build would print, and lives through whatever is saved."""

from dataclasses import replace

import pytest

from briefing.document.serialization import read_document, write_document
from briefing.preview.session import PreviewSession, gather_material
from briefing.writers.material import write_format
from support.badinputs import Case, list_cases, make_raw, try_sources
from support.editions import read_raw
from support.previewing import TINY, edit, look, make_desk

ADDED = edit("Ruritania had", "Little Ruritania had")
FALSE = edit("| over 2900 }} members", "| over 5000 }} members")


def test_a_page_has_the_bytes_that_a_build_writes_from_its_document_as_stored() -> None:
    desk, sight = make_desk(), look(PreviewSession())
    assert list(sight.proofs) == ["en", "fr"] and sight.problems == ()
    for target in desk.targets:
        proof = sight.proofs[target.tag]
        stored = read_document(write_document(proof.document))
        assert proof.page == write_format(
            "html", gather_material(desk, read_raw(TINY), stored, proof.images, target, "html")
        )


@pytest.mark.parametrize("raw", [ADDED, edit("women_guards,2018,450", "women_guards,2018,460", "observations.csv")])
def test_what_is_seen_does_not_depend_on_what_was_seen_before(raw: dict[str, bytes]) -> None:
    session = PreviewSession()
    look(session)
    seen, anew = look(session, raw), look(PreviewSession(), raw)
    assert seen.problems == anew.problems
    assert {tag: proof.page for tag, proof in seen.proofs.items()} == {tag: p.page for tag, p in anew.proofs.items()}
    assert b"Little Ruritania" in look(session, ADDED).proofs["en"].page


def test_the_language_that_is_read_comes_first_and_the_rest_follows() -> None:
    session = PreviewSession()
    first, last = session.look(make_desk(), read_raw(TINY), "fr")
    assert (list(first.proofs), first.is_whole) == (["fr"], False)
    assert (sorted(last.proofs), last.is_whole) == (["en", "fr"], True)


def test_a_broken_source_keeps_the_last_good_page_until_it_is_mended() -> None:
    session = PreviewSession()
    good = look(session, ADDED)
    broken = look(session, ADDED | {f"{TINY}/figures.yaml": b"figures: ["})
    assert {tag: proof.page for tag, proof in broken.proofs.items()} == {tag: p.page for tag, p in good.proofs.items()}
    assert not any(proof.is_current for proof in broken.proofs.values()) and broken.errors
    mended = look(session, ADDED)
    assert mended.errors == good.errors and all(proof.is_current for proof in mended.proofs.values())


def test_a_false_wording_is_told_and_seen_in_its_page() -> None:
    sight = look(PreviewSession(), FALSE)
    assert any(problem.kind == "wording" and problem.file.endswith("01-guards.md") for problem in sight.problems)
    assert sight.proofs["en"].is_current and b"over 5,000" in sight.proofs["en"].page


def test_the_policy_says_what_stops_a_build() -> None:
    lenient = replace(make_desk(), policy={"wording": "warning", "translation": "warning"})
    strict, warned = (look(PreviewSession(), FALSE, desk) for desk in (make_desk(), lenient))
    assert [p.message for p in strict.problems] == [p.message for p in warned.problems]
    assert strict.errors > warned.errors == 0


CASES = [case for case in list_cases() if case.replaces != "config.yaml"]
SESSION = PreviewSession()


@pytest.mark.many
@pytest.mark.parametrize("part", range(6))
def test_a_session_tells_every_bad_input_in_the_words_of_the_build_and_lives(part: int) -> None:
    alone = make_desk(("en",))

    def is_of_catalogue(case: Case) -> bool:
        return case.replaces.endswith((".po", "glossary.csv"))

    for number, case in enumerate(CASES[part::6]):
        raw = make_raw(case)
        sight = look(SESSION, raw, make_desk() if is_of_catalogue(case) else alone)
        if case.must != "pass":
            assert case.is_told(list(sight.problems)), (case.name, sight.problems)
        if number % 4 == 0 and not is_of_catalogue(case):
            told, _ = try_sources(raw)
            assert {str(p) for p in told} <= {str(p) for p in sight.problems}, case.name
    assert look(SESSION, None, alone).problems == ()
