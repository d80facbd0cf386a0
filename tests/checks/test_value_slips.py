"""Cells that are no plain number: what is said of each, when followed, gives the number that was meant."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.checks.observation_cells import explain_period, explain_value, set_foreign_rows_apart
from briefing.formats.csv_table import read_table
from support.badinputs import try_sources
from support.editions import change_raw, set_value

ADVICE = re.compile(r"(?:write|such as|digits,) (-?[0-9][0-9.]*[0-9]|-?[0-9])(?![0-9])")
STATUS = re.compile(r"status ([AEULT])\b")


def follow(cell: str) -> list[Decimal]:
    """Give the numbers that what is said of a cell tells to write, each of which is then accepted."""
    numbers = ADVICE.findall(explain_value(cell))
    assert [explain_value(number) for number in numbers] == [""] * len(numbers), cell
    return [Decimal(number) for number in numbers]


MEANT = {
    "4.5m": "4500000", "4.5 M": "4500000", "4,5m": "4500000", "4.5 mn": "4500000", "1.2 Mio.": "1200000",
    "4.5bn": "4500000000",
    "4.5 million": "4500000", "2 milliards": "2000000000", "12k": "12000", "3 crore": "30000000",
    "USD 4.5m": "4500000", "US$ 18,000,000": "18000000", "€4.500,00": "4500", "FCFA 18 000": "18000",
    "450 CHF": "450",
    "18,000,000": "18000000", "18.000.000": "18000000", "18 000": "18000", "18\u202f000": "18000", "1'234": "1234",
    "12,34,567": "1234567", "1.234,56": "1234.56", "1,234.56": "1234.56", "1 234,5": "1234.5",
    "4,5": "4.5", "0,500": "0.5", "-0,123": "-0.123", ",5": "0.5", ".5": "0.5", "45,2%": "45.2",
    "45 per cent": "45", "12‰": "12",
    "1.2E+07": "12000000", "−3.5": "-3.5", "– 3": "-3", "3.5-": "-3.5", "+450": "450", "=450": "450",
    '="450"': "450", "'450": "450",
    '"2015"': "2015", "“450”": "450", "450a": "450", "450*": "450", "450¹": "450", "450 [1]": "450",
    "450(1)": "450", "450 p": "450",
    "4.5 m": "4500000", "4.5M": "4500000", "4,5 million": "4500000", "18 million": "18000000", "2bn": "2000000000",
    "1.25 bn": "1250000000", "3k": "3000", "12 thousand": "12000", "0.5 billion": "500000000",
    "3 Mrd": "3000000000", "1.5 tn": "1500000000000", "1.234.567": "1234567", "1 234 567": "1234567",
    "1’234": "1234", "1_000": "1000", "1,234,567.89": "1234567.89", "1.234.567,89": "1234567.89",
    "12 345,6": "12345.6", "-1,234,567": "-1234567", "12,4": "12.4", "0,442": "0.442", "1,2345": "1.2345",
    "12.4%": "12.4", "12,4 %": "12.4", "$824.5": "824.5", "824.5 USD": "824.5", "EUR 12": "12", "+3.5": "3.5",
    "–3": "-3", "1.2e6": "1200000", "4E3": "4000", "'123": "123", "[4500]": "4500", "[12.5]": "12.5", "<5": "5",
    "> 6000": "6000", "~12": "12", "123 e": "123", "123p": "123", "123 (e)": "123", "45.2 est.": "45.2",
    "17 u": "17", "123*": "123", "123a": "123", "123 1)": "123", "12.5†": "12.5", "123²": "123", "123[1]": "123",
    "٤٥٠": "450", "４５０": "450", "450 guards": "450", "450.": "450",
}  # fmt: skip


@pytest.mark.parametrize("cell", MEANT)
def test_the_advice_gives_the_number_that_was_meant(cell: str) -> None:
    assert follow(cell) == [Decimal(MEANT[cell])]


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("12,345", ["12345", "12.345"]),
        ("4.5b", ["4500000000", "4.5"]),
        ("(4500)", ["-4500", "4500"]),
        ("-", ["0"]),
        ("–", ["0"]),
    ],
)
def test_what_could_be_two_numbers_is_told_with_both(cell: str, meant: list[str]) -> None:
    found = re.findall(r"-?[0-9][0-9.]*[0-9]|-?\b[0-9]\b", explain_value(cell))
    assert [Decimal(number) for number in found] == list(map(Decimal, meant))


@pytest.mark.parametrize(
    "cell", ["450,1)", "45001)", "1,234 567", "4.5.6", "four", "=SUM(A1:A3)", "100-200", "1/3", "$(4,500)"]
)
def test_where_nobody_can_tell_the_number_none_is_named(cell: str) -> None:
    assert explain_value(cell) and follow(cell) in ([], [Decimal("12.4")])


@pytest.mark.parametrize(
    ("cell", "number", "status"),
    [
        ("[4500]", "4500", "E"), ("4500 e", "4500", "E"), ("4500 (est.)", "4500", "E"), ("4500 u", "4500", "U"),
        ("(4500)", "-4500", "U"),
        ("~4500", "4500", "E"), ("about 4.5 million", "4500000", "E"), ("> 2900", "2900", "L"),
        ("over 2900", "2900", "L"), ("<5", "5", "T"), ("up to 18,000,000", "18000000", "T"),
    ],
)  # fmt: skip
def test_what_is_said_beside_a_number_is_told_as_a_status(cell: str, number: str, status: str) -> None:
    assert STATUS.findall(explain_value(cell)) == [status]
    assert follow(cell)[0] == Decimal(number)


NOTHING = (
    "..", ". .", "...", "…", ":", ": c", ":u", "xxx", "XXX", "x", "n.d.", "n. d.", "nd", "n/a", "N/A", "#N/A",
    "na", "n.a.", "nan", "NULL",
    "-", "–", "—", "--", "*", "?", "s.d.", "not available", "no data", "#DIV/0!", "inf", ".",
)  # fmt: skip


@pytest.mark.parametrize("mark", NOTHING)
def test_a_mark_of_no_value_is_told_with_what_to_do(mark: str) -> None:
    said = explain_value(mark)
    assert said.startswith("stands for no value") and "leave the row out" in said and "footnote" not in said


@pytest.mark.parametrize("mark", NOTHING)
def test_a_row_with_a_mark_of_no_value_is_told_at_its_cell_and_nowhere_else(mark: str) -> None:
    problems, _ = try_sources(change_raw("tiny", {"observations.csv": set_value("tiny", "women_guards", "2018", mark)}))
    told = [
        (problem.line, problem.column)
        for problem in problems
        if problem.file.endswith(".csv") and problem.severity == "error"
    ]
    assert told == [(5, 3)]


@given(st.text(alphabet="0123456789.,'-–()[]%*abekmKMB$ €:\u00a0", max_size=12))
def test_every_number_that_is_told_to_write_is_accepted(cell: str) -> None:
    follow(cell.strip())


@given(st.integers(1000, 10**12), st.sampled_from([",", ".", " ", "'", "\u202f", "_"]))
def test_thousands_marks_never_change_a_number(number: int, mark: str) -> None:
    cell = f"{number:,}".replace(",", mark)
    assert explain_value(cell) == "" or follow(cell)[0] == number


@given(
    st.decimals(min_value=0, max_value=10**6, places=2),
    st.sampled_from([" million", "m", "bn", " billion", "k", " thousand"]),
)
def test_a_word_that_multiplies_multiplies(number: Decimal, word: str) -> None:
    power = {"m": 6, "b": 9, "k": 3, "t": 3}[word.strip()[0]]
    assert follow(f"{number}{word}") == [number.scaleb(power)]


@pytest.mark.parametrize("long", ["1" * 9000 + "!", "1," * 4000, "((" * 4000, " " * 8000 + "a", "1 " * 4000 + "a"])
def test_a_long_cell_is_told_at_once(long: str) -> None:
    assert explain_value(long).startswith("is no number")


@pytest.mark.parametrize(
    ("cells", "meant"),
    [("1,200,000", ["1200000"]), ("0,500", ["0.500"]), ("41000,5", ["41000.5"]), ("3,000", ["3000", "3.000"])],
)
def test_a_number_that_parts_its_row_is_told_as_it_was_meant(cells: str, meant: list[str]) -> None:
    header = "indicator,period,value,unit,source,known_on,status,comment"
    table = read_table(f"{header}\nguards,2018,{cells},persons,watch,2019-02-11,A,\n")
    (problem,) = set_foreign_rows_apart("observations.csv", table)[1]
    assert all(number in problem.message for number in meant) and "part the row" in problem.message


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("2015.0", "2015"), ("2015-2018", "2015/2018"), ("2018/2015", "2015/2018"),
        ("2018-06/2018-03", "2018-03/2018-06"),
        ('"2015"', "2015"), ("2018M03", "2018-03"), ("2018-3", "2018-03"), ("03/2018", "2018-03"),
        ("2018-Q2", "2018-04/2018-06"),
        ("2018-03-31", "2018-03"),
    ],
)  # fmt: skip
def test_the_advice_on_a_period_gives_the_period_that_was_meant(cell: str, meant: str) -> None:
    assert explain_period(cell).endswith(f"write {meant}") and explain_period(meant) == ""


@pytest.mark.parametrize("cell", ["123 p", "123 r", "123*", "123a"])
def test_what_no_status_says_goes_into_the_comment(cell: str) -> None:
    assert "in comment" in explain_value(cell)


@pytest.mark.parametrize("cell", ["0", "-3.5", "12.40", "18000000", "007"])
def test_a_number_is_fine(cell: str) -> None:
    assert explain_value(cell) == ""
