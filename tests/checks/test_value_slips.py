"""Cells that are no numbers: each is told with what to write, and following the advice gives the right value."""

import re

import pytest

from briefing.checks.value_slips import NUMBER, explain_value

ADVICE = re.compile(r"(?:write|digits, (?:such as )?|all, such as )\s*(-?[0-9]+(?:\.[0-9]+)?)")

RIGHT = {
    # Multiples, whose letter is no footnote
    "4.5m": "4500000", "4.5 m": "4500000", "4.5M": "4500000", "4,5 million": "4500000", "4.5 mn": "4500000",
    "18 million": "18000000", "2bn": "2000000000", "1.25 bn": "1250000000", "3k": "3000", "12 thousand": "12000",
    "0.5 billion": "500000000", "3 Mrd": "3000000000", "1.5 tn": "1500000000000",
    # Thousands marks and decimal commas
    "18,000,000": "18000000", "1.234.567": "1234567", "1 234 567": "1234567", "1’234": "1234", "1_000": "1000",
    "1,234,567.89": "1234567.89", "1.234.567,89": "1234567.89", "12 345,6": "12345.6", "12,345": "12345",
    "-1,234,567": "-1234567", "12,4": "12.4", "0,442": "0.442", "1,2345": "1.2345",
    # Signs of currencies, per cent, plus, minus, notation
    "12.4%": "12.4", "12,4 %": "12.4", "$824.5": "824.5", "824.5 USD": "824.5", "EUR 12": "12", "+3.5": "3.5",
    "−3.5": "-3.5", "–3": "-3", "1.2e6": "1200000", "4E3": "4000", "'123": "123",
    # Brackets, hedges, flags, footnotes
    "[4500]": "4500", "[12.5]": "12.5", "(4500)": "-4500", "<5": "5", "> 6000": "6000", "~12": "12",
    "123 e": "123", "123p": "123", "123 (e)": "123", "45.2 est.": "45.2", "17 u": "17",
    "123*": "123", "123a": "123", "123 1)": "123", "12.5†": "12.5", "123²": "123", "123[1]": "123",
}  # fmt: skip


@pytest.mark.parametrize(("cell", "right"), RIGHT.items())
def test_following_the_advice_gives_the_right_value(cell: str, right: str) -> None:
    said = explain_value(cell)
    found = ADVICE.search(said)
    assert found, said
    assert found[1] == right, said
    assert NUMBER.fullmatch(found[1]) and explain_value(found[1]) == ""


@pytest.mark.parametrize(
    ("cell", "status"), [("[4500]", "E"), ("123 e", "E"), ("17 u", "U"), ("<5", "T"), (">5", "L"), ("(45)", "U")]
)
def test_what_a_mark_means_is_said_by_a_status(cell: str, status: str) -> None:
    assert f"status {status}" in explain_value(cell)


@pytest.mark.parametrize("cell", ["123 p", "123 r", "123*", "123a"])
def test_what_no_status_says_goes_into_the_comment(cell: str) -> None:
    assert "in comment" in explain_value(cell)


@pytest.mark.parametrize(
    "cell",
    ["..", ". .", "...", "…", ":", ": c", ":c", "xxx", "x", "n.d.", "n. d.", "nd", "n.a.", "n/a", "NA", "#N/A", "NaN",
     "–", "—", "-", "−", "*", "?", "null", "None", "nil", "missing", "s.d.", "#DIV/0!", "#REF!"],
)  # fmt: skip
def test_a_mark_of_no_value_says_to_leave_the_row_out(cell: str) -> None:
    assert "leave the row out" in explain_value(cell), explain_value(cell)


def test_a_letter_that_can_mean_two_things_is_asked_about() -> None:
    assert "write 2000000000, or 2 and in comment why" in explain_value("2b")


def test_a_comma_that_can_mean_two_things_is_asked_about() -> None:
    assert "write 12345, or 12.345 if the comma is a decimal one" in explain_value("12,345")
    assert "if the comma" not in explain_value("12,345,678") + explain_value("12,34")


@pytest.mark.parametrize("cell", ["abc", "--", "1.2.3", "12 men", "1;2", "٣"])
def test_what_nobody_can_read_is_told_all_the_same(cell: str) -> None:
    assert explain_value(cell)


@pytest.mark.parametrize("cell", ["0", "-3.5", "12.40", "18000000", "007"])
def test_a_number_is_fine(cell: str) -> None:
    assert explain_value(cell) == ""
