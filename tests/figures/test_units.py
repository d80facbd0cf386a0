"""Laws of units: dimensions have one form, and division undoes multiplication."""

from hypothesis import given
from hypothesis import strategies as st

from briefing.figures.units import as_dimension, combine_dimensions, describe_dimension
from support.measures import make_units

DIMENSIONS = st.dictionaries(st.sampled_from(["person", "USD", "year", "km2"]), st.integers(-2, 2)).map(as_dimension)


@given(DIMENSIONS, DIMENSIONS)
def test_dividing_undoes_multiplying(left: tuple[tuple[str, int], ...], right: tuple[tuple[str, int], ...]) -> None:
    product = combine_dimensions(left, right, 1)
    assert combine_dimensions(product, right, -1) == left
    assert product == combine_dimensions(right, left, 1)
    assert combine_dimensions(left, left, -1) == ()


def test_every_unit_of_the_house_says_its_dimension() -> None:
    units = make_units()
    assert describe_dimension(units["persons/km2"].dimension) == "person/km2"
    assert describe_dimension(units["USD/person/year"].dimension) == "USD/person/year"
    assert describe_dimension(units["%"].dimension) == "a plain number"


def test_per_cent_counts_as_a_hundredth() -> None:
    assert make_units()["%"].factor * 100 == 1
