"""Charts and maps: what they may hold, and that they show what the figures say."""

import dataclasses
import hashlib
import itertools
import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pymupdf_fonts
import pytest
import yaml
from babel.dates import format_date
from lxml import etree
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import Ellipse, Rectangle
from matplotlib.transforms import Bbox

from briefing.charts.canvas import Picture, Sheet, Style, parse_style
from briefing.charts.dates import find_span
from briefing.charts.drawing import PHONE, draw_chart, get_phone_width, lay_out_chart
from briefing.charts.reading import parse_charts
from briefing.charts.spec import Bars, ChartSpec, Map, Terms, Timeline
from briefing.charts.uses import list_chart_uses, list_figures, list_labels, name_use

ROOT = Path(__file__).resolve().parents[2]
CHARTS = [
    chart
    for file in ("sources/mali/charts.yaml", "tests/charts/charts.yaml")
    for chart in parse_charts(yaml.safe_load((ROOT / file).read_text("utf-8")))
]
STYLE = parse_style(yaml.safe_load((ROOT / "templates/charts.yaml").read_text("utf-8")))
GEOGRAPHY = json.loads((ROOT / "sources/common/map/mali.geojson").read_text("utf-8"))
FACES = {
    "FiraGO-Regular": "figo",
    "FiraGO-Bold": "figbo",
    "FiraGO-Italic": "figit",
    "NotoSans-Regular": "notos",
    "NotoSans-Bold": "notosbo",
    "NotoSans-Italic": "notosit",
}
VALUES = {
    "police_personnel": 6000,
    "police_women_headcount": 700,
    "gendarmerie_personnel": 4000,
    "gendarmerie_women_headcount": 100,
    "guard_personnel": 3000,
    "guard_women_headcount": 100,
    "northern_deployment_before": 469,
    "northern_deployment_after": 2026,
    "lopm_budget": 1200 * 10**9,
    "lopm_yearly": 240 * 10**9,
    "lps_budget": 446 * 10**9,
    "lps_yearly": 89.2 * 10**9,
    "minusma_personnel": 13093,
    "minusma_military": 10651,
    "minusma_police": 1262,
    "minusma_other": 1180,
    "women_threshold": 30,
    "police_women_2014": 12.4,
    "police_women_2017": 13.7,
    "police_senior_women_2014": 9.2,
    "police_senior_women_2017": 11.1,
    "army_women": 7,
    "air_force_women": 6,
    "guard_women_share": 3.3,
    "gendarmerie_women_share": 2.5,
    "guard_women": 5,
    "gendarmerie_women": 3,
}
LATEST = ("police_women_2017", "police_senior_women_2017", "army_women", "air_force_women", "guard_women")


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("fonts")
    for face, source in FACES.items():
        (folder / f"{face}.ttf").write_bytes(pymupdf_fonts.myfont(source))
    return sorted(folder.iterdir())


def read_chart(content: str) -> ChartSpec:
    common = {"id": "trial", "title": "Trial", "source": "none", "alternative": "A trial", "width": 160, "height": 60}
    (chart,) = parse_charts({"charts": [{**common, **yaml.safe_load(content)}]})
    return chart


def find_chart(name: str) -> ChartSpec:
    return next(chart for chart in CHARTS if chart.id == name)


def give(chart: ChartSpec, changed: Mapping[str, float] | None = None) -> tuple[Any, Any, Any]:
    values = {name: Decimal(str(value)) for name, value in {**VALUES, **(changed or {})}.items()}
    texts = {name_use(*use): print_use(values, *use) for use in list_chart_uses(chart)}
    return values, texts, {text: text for text in list_labels(chart)}


def print_use(values: Mapping[str, Decimal], figure: str, form: str) -> str:
    if form == "period":
        return "January 2019"
    value = values.get(figure, Decimal(4))
    return f"{form} " + (f"FCFA {value / 10**9:,.0f} billion" if value > 10**6 else f"{value:,}")


def draw(chart: ChartSpec, fonts: list[Path], changed: Mapping[str, float] | None = None) -> Picture:
    return draw_chart(chart, *give(chart, changed), STYLE, fonts, GEOGRAPHY)


def lay_out(chart: ChartSpec, fonts: list[Path], changed: Mapping[str, float] | None = None) -> Sheet:
    return lay_out_chart(chart, *give(chart, changed), STYLE, fonts, GEOGRAPHY)


def find_bars(sheet: Sheet, prefix: str = "bar-") -> dict[str, Rectangle]:
    named = {str(patch.get_gid()): patch for patch in sheet.axes.patches if isinstance(patch, Rectangle)}
    return {name.removeprefix(prefix): patch for name, patch in named.items() if name.startswith(prefix)}


def find_text_boxes(sheet: Sheet) -> dict[tuple[int, str], Bbox]:
    renderer = FigureCanvasAgg(sheet.figure).get_renderer()  # type: ignore[no-untyped-call]
    return {(n, text.get_text()): text.get_window_extent(renderer) for n, text in enumerate(sheet.axes.texts)}


def find_overlaps(sheet: Sheet) -> list[tuple[str, str]]:
    pairs = itertools.combinations(find_text_boxes(sheet).items(), 2)
    return [(one[1], other[1]) for (one, box), (other, second) in pairs if box.overlaps(second)]


# --- What a chart shows ---


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.id)
def test_a_chart_drawn_twice_has_the_same_bytes(chart: ChartSpec, fonts: list[Path]) -> None:
    first, second = draw(chart, fonts), draw(chart, fonts)
    assert [hashlib.sha256(data).hexdigest() for data in first] == [hashlib.sha256(data).hexdigest() for data in second]


@pytest.mark.parametrize("on_phone", [False, True])
@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.id)
def test_no_two_texts_overlap_and_none_leaves_the_sheet(chart: ChartSpec, on_phone: bool, fonts: list[Path]) -> None:
    width = get_phone_width(chart) if on_phone else None
    sheet = lay_out_chart(chart, *give(chart), STYLE, fonts, GEOGRAPHY, width=width)
    assert find_overlaps(sheet) == []
    page = sheet.figure.bbox
    for (_, text), box in find_text_boxes(sheet).items():
        assert box.x0 >= page.x0 - 2 and box.x1 <= page.x1 + 2 and box.y0 >= page.y0 - 2 and box.y1 <= page.y1 + 2, text


@pytest.mark.parametrize("chart", [find_chart("timeline"), find_chart("minusma")], ids=lambda chart: chart.id)
def test_labels_of_a_wordier_language_do_not_overlap(chart: ChartSpec, fonts: list[Path]) -> None:
    values, texts, labels = give(chart)
    longer = {text: f"{text} {text.split()[-1]}" if "{{" not in text else text for text in labels}
    assert find_overlaps(lay_out_chart(chart, values, texts, longer, STYLE, fonts, GEOGRAPHY)) == []


def test_a_changed_value_changes_all_pictures(fonts: list[Path]) -> None:
    chart = find_chart("northern-deployment")
    before, after = draw(chart, fonts), draw(chart, fonts, {"northern_deployment_after": 2127})
    assert all(one != other for one, other in zip(before, after, strict=True))


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.id)
def test_the_words_of_a_picture_are_text_where_its_fonts_are_known(chart: ChartSpec, fonts: list[Path]) -> None:
    picture = draw(chart, fonts)
    drawn = {(text, weight) for text, weight in list_texts(lay_out(chart, fonts))}
    assert {(text.strip(), weight) for text, weight in read_texts(picture.text)} == drawn
    assert {text for text, _ in read_texts(picture.phone)} and b"<text" not in picture.outlines


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.id)
def test_a_phone_shows_every_word_that_a_page_shows(chart: ChartSpec, fonts: list[Path]) -> None:
    picture = draw(chart, fonts)
    page, phone = ({word for text, _ in read_texts(svg) for word in text.split()} for svg in picture[1::2])
    assert page - phone <= {"·"}  # which joins what has lines of its own there


def list_texts(sheet: Sheet) -> set[tuple[str, str]]:
    return {(text.get_text().strip(), str(text.get_fontweight())) for text in sheet.axes.texts}


def read_texts(svg: bytes) -> set[tuple[str, str]]:
    root = etree.fromstring(svg)
    return {("".join(text.itertext()).strip(), text.get("font-weight", "normal")) for text in root.iter("{*}text")}


@pytest.mark.parametrize("name", ["women-and-minimum", "forces-with-parts", "northern-deployment", "minusma"])
def test_the_length_of_every_bar_is_proportional_to_its_value(name: str, fonts: list[Path]) -> None:
    sheet = lay_out(find_chart(name), fonts)
    bars = {**find_bars(sheet), **find_bars(sheet, "part-")}
    scales = [bar.get_width() / VALUES[figure] for figure, bar in bars.items()]
    assert len(scales) >= 2 and max(scales) == pytest.approx(min(scales))


@pytest.mark.parametrize("width", [None, PHONE])
def test_the_area_of_a_sum_spread_over_years_is_proportional_to_it(width: float | None, fonts: list[Path]) -> None:
    chart = find_chart("programming-laws")
    assert isinstance(chart.content, Terms)
    bars = find_bars(lay_out_chart(chart, *give(chart), STYLE, fonts, width=width))
    areas = {}
    for term in chart.content.terms:
        blocks = [bar for name, bar in bars.items() if name.startswith(term.figure)]
        areas[term.figure] = sum(bar.get_width() * bar.get_height() for bar in blocks) / VALUES[term.figure]
    assert areas["lopm_budget"] == pytest.approx(areas["lps_budget"])


def test_sums_of_one_year_stand_on_each_other(fonts: list[Path]) -> None:
    bars = find_bars(lay_out(find_chart("programming-laws"), fonts))
    lower, upper, alone = (bars[name] for name in ("lopm_budget-2015", "lps_budget-2017", "lps_budget-2020"))
    assert upper.get_y() + upper.get_height() == pytest.approx(lower.get_y())
    assert alone.get_y() + alone.get_height() == pytest.approx(lower.get_y() + lower.get_height())
    assert upper.get_x() + upper.get_width() == pytest.approx(lower.get_x() + lower.get_width())


@pytest.mark.parametrize("yearly", [200 * 10**9, 5 * 10**9])
def test_the_averages_of_sums_stand_on_their_columns_where_there_is_room_for_all(
    yearly: float, fonts: list[Path]
) -> None:
    chart = find_chart("programming-laws")
    sheet = lay_out(chart, fonts, {"lps_yearly": yearly})
    averages = [text for text in sheet.axes.texts if text.get_text().startswith("Average")]
    bars = find_bars(sheet).values()
    on_columns = [
        any(
            bar.get_y() < text.get_position()[1] < bar.get_y() + bar.get_height()
            and bar.get_x() < text.get_position()[0] < bar.get_x() + bar.get_width()
            for bar in bars
        )
        for text in averages
    ]
    assert on_columns == [yearly > 10**10] * 2


def test_the_squares_of_a_headcount_are_as_many_as_its_people(fonts: list[Path]) -> None:
    squares = find_bars(lay_out(find_chart("internal-forces"), fonts, {"guard_personnel": 2950}), "unit-")
    side = max(square.get_width() for square in squares.values())
    counted: dict[str, float] = {}
    for name, square in squares.items():
        figure = name.rpartition("-")[0]
        counted[figure] = counted.get(figure, 0) + square.get_width() / side * 100
    # Those of the part stand in the place of as many of the whole.
    assert counted["police_women_headcount"] == pytest.approx(700)
    assert counted["police_personnel"] == pytest.approx(6000 - 700)
    assert counted["guard_personnel"] == pytest.approx(2950 - 100)


@pytest.mark.parametrize("width", [None, PHONE])
def test_dots_stand_at_their_values_on_one_scale(width: float | None, fonts: list[Path]) -> None:
    chart = find_chart("women-by-force")
    sheet = lay_out_chart(chart, *give(chart), STYLE, fonts, width=width)
    zero = float(sheet.axes.lines[0].get_xdata()[0])  # type: ignore[arg-type, index]
    named = {str(patch.get_gid()): patch for patch in sheet.axes.patches if isinstance(patch, Ellipse)}
    dots = {name.removeprefix("dot-"): patch for name, patch in named.items() if name.startswith("dot-")}
    scales = {(dot.get_center()[0] - zero) / VALUES[figure] for figure, dot in dots.items()}
    assert len(dots) == 10 and max(scales) == pytest.approx(min(scales))
    rows = sorted((dot.get_center()[1], -VALUES[name]) for name, dot in dots.items() if name in LATEST)
    assert [value for _, value in rows] == sorted(value for _, value in rows)


def test_a_row_of_dots_is_led_to_from_zero_and_its_guide_crosses_no_text(fonts: list[Path]) -> None:
    sheet = lay_out(find_chart("women-by-force"), fonts)
    zero = float(sheet.axes.lines[0].get_xdata()[0])  # type: ignore[arg-type, index]
    width = STYLE.find("lines", "rule")
    guides = [line for line in sheet.axes.lines[1:] if line.get_linewidth() == width]
    assert len(guides) == 6 and {float(guide.get_xdata()[0]) for guide in guides} == {zero}  # type: ignore[arg-type, index]
    boxes = find_text_boxes(sheet).values()
    for guide in guides:
        (start, end), y = guide.get_xdata(), guide.get_ydata()[0]  # type: ignore[misc, index]
        ends = sheet.axes.transData.transform([(start, y), (end, y)])
        assert not any(box.x0 < ends[1][0] and box.x1 > ends[0][0] and box.y0 < ends[0][1] < box.y1 for box in boxes)


def test_the_reference_line_stands_at_its_value_on_the_scale_of_the_bars(fonts: list[Path]) -> None:
    sheet = lay_out(find_chart("women-and-minimum"), fonts)
    bar = find_bars(sheet)["police_women_2017"]
    line = next(line for line in sheet.axes.lines if line.get_gid() == "line-women_threshold")
    expected = bar.get_x() + bar.get_width() / VALUES["police_women_2017"] * VALUES["women_threshold"]
    assert float(line.get_xdata()[0]) == pytest.approx(expected)  # type: ignore[arg-type, index]


def test_every_bar_says_its_value_as_the_note_prints_it(fonts: list[Path]) -> None:
    chart = find_chart("internal-forces")
    values, texts, labels = give(chart)
    sheet = lay_out_chart(chart, values, {**texts, "guard_personnel": "three thousand"}, labels, STYLE, fonts)
    assert "three thousand personnel" in [text.get_text() for text in sheet.axes.texts]


def test_the_map_holds_the_capital_of_every_region_and_every_neighbour(fonts: list[Path]) -> None:
    chart = find_chart("locator")
    assert isinstance(chart.content, Map)
    places = {item["properties"]["id"] for item in GEOGRAPHY["features"] if item["properties"]["layer"] == "place"}
    assert places == {place.id for place in chart.content.places} and len(places) == 11
    sheet = lay_out(chart, fonts)
    drawn = {patch.get_gid() for patch in sheet.axes.patches}
    neighbours = {"478", "012", "562", "854", "384", "324", "686"}
    assert {f"place-{place}" for place in places} | {f"country-{number}" for number in neighbours | {"466"}} <= drawn
    assert neighbours | {"466"} <= {country.id for country in chart.content.countries}
    assert "river-niger" in {line.get_gid() for line in sheet.axes.lines}


def test_what_lasts_is_a_bar_along_the_events_of_its_years(fonts: list[Path]) -> None:
    sheet = lay_out(find_chart("timeline"), fonts)
    span = find_bars(sheet, "span-")["2012/2018"]
    places = {str(patch.get_gid()): patch.get_path() for patch in sheet.axes.patches}
    assert {"mark-2012", "mark-2018-07/2018-08", "mark-2006"} <= set(places)
    rows = {text.get_text(): text.get_position()[1] for text in sheet.axes.texts}
    inside = [when for when, y in rows.items() if span.get_y() - 2 <= y <= span.get_y() + span.get_height() + 2]
    assert {"2012", "18 June 2013", "July to August 2018"} <= set(inside) and "2006" not in inside


def test_every_place_lies_within_the_country_of_the_note(fonts: list[Path]) -> None:
    sheet = lay_out(find_chart("locator"), fonts)
    patches = {str(patch.get_gid()): patch for patch in sheet.axes.patches}
    home = patches["country-466"].get_path()
    for name, patch in patches.items():
        if name.startswith("place-"):
            box = patch.get_path().transformed(patch.get_patch_transform()).get_extents()
            assert home.contains_point(((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)), name


def test_the_printed_dates_of_the_timeline_are_the_dates_drawn() -> None:
    timeline = find_chart("timeline").content
    assert isinstance(timeline, Timeline) and 12 <= len(timeline.events) <= 22
    for event in timeline.events:
        if len(event.dates) == 1 and "/" not in event.dates[0]:
            pattern = {4: "y", 7: "MMMM y", 10: "d MMMM y"}[len(event.dates[0])]
            assert event.when == format_date(find_span(event.dates[0])[0], pattern, locale="en_GB")


def test_events_stand_in_the_order_of_time(fonts: list[Path]) -> None:
    chart = find_chart("timeline")
    assert isinstance(chart.content, Timeline)
    rows = {text.get_text(): text.get_position()[1] for text in lay_out(chart, fonts).axes.texts}
    dated = [(find_span(event.dates[0]), rows[event.when]) for event in chart.content.events if event.when != "1992"]
    assert all(y < below for (_, end), y in dated for (start, _), below in dated if end < start)


def test_a_line_of_time_is_dashed_where_years_are_left_out(fonts: list[Path]) -> None:
    sheet = lay_out(find_chart("timeline"), fonts)
    lines = [line for line in sheet.axes.lines if len(set(line.get_xdata())) == 1]  # type: ignore[arg-type]
    dashed = [line for line in lines if line.get_linestyle() == "--"]
    assert len(dashed) == 6 and {line.get_color() for line in lines} == {STYLE.colours["axis"]}


def test_no_dot_covers_the_arrow_of_a_bound(fonts: list[Path]) -> None:
    sheet = lay_out(find_chart("women-by-force"), fonts)
    arrow = next(line for line in sheet.axes.lines if line.get_gid() == "bound-gendarmerie_women")
    foot = float(arrow.get_ydata()[-1])  # type: ignore[arg-type, index]
    dots = [patch for patch in sheet.axes.patches if str(patch.get_gid()).startswith("dot-gendarmerie")]
    assert len(dots) == 2
    assert all(dot.get_center()[1] + dot.get_height() / 2 < foot for dot in dots if isinstance(dot, Ellipse))


# --- How it looks ---


def measure_luminance(colour: str) -> float:
    """Give the relative luminance of a colour, as WCAG defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def measure_contrast(one: str, other: str) -> float:
    lighter, darker = sorted((measure_luminance(one), measure_luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("pair", [("strong", "second"), ("strong", "soft"), ("second", "soft"), ("strong", "part")])
def test_neighbouring_fills_differ_in_greyscale(pair: tuple[str, str]) -> None:
    one, other = (STYLE.tones[tone]["fill"] for tone in pair)
    assert measure_contrast(one, other) >= 2


def test_text_can_be_read_on_what_it_stands_on() -> None:
    for name, tone in STYLE.tones.items():
        assert measure_contrast(tone["fill"], tone["text"]) >= 4.5, name
    for text, ground in (
        ("ink", "paper"),
        ("quiet", "paper"),
        ("reference", "paper"),
        ("ink", "home"),
        ("quiet", "land"),
    ):
        assert measure_contrast(STYLE.colours[text], STYLE.colours[ground]) >= 4.5, text


def test_no_type_is_smaller_than_seven_points() -> None:
    assert min(role["size"] for role in STYLE.type.values()) >= 7


def test_no_text_is_set_in_a_font_of_the_host(fonts: list[Path]) -> None:
    files = {
        Path(str(text.get_fontproperties().get_file())) for text in lay_out(find_chart("locator"), fonts).axes.texts
    }
    assert files <= set(fonts)


@pytest.mark.parametrize("align", ["left", "center", "right"])
def test_what_a_language_raises_is_raised_in_pictures_and_read_as_one_text(align: str, fonts: list[Path]) -> None:
    style = dataclasses.replace(STYLE, superscripts=r"(?<!\w)\d+(er|e)(?!\w)")
    sheet = Sheet(160, 20, style, fonts)
    sheet.write(80, 10, "1er juillet 2013", "group", align=align)
    (line,) = etree.fromstring(sheet.vectors.save()).iter("{*}text")
    assert "".join(line.itertext()) == "1er juillet 2013" and line[0].text == "er"
    assert float(line[0].get("y")) < float(line.get("y")) and float(line[0].get("font-size")) < 7
    before, raised, after = (
        text.get_window_extent(FigureCanvasAgg(sheet.figure).get_renderer())  # type: ignore[no-untyped-call]
        for text in sheet.axes.texts
    )
    assert before.x1 <= raised.x0 + 1 and raised.x1 <= after.x0 + 1 and raised.y0 > before.y0 + 3
    middle = 80 * sheet.figure.bbox.width / 160
    edges = {"left": before.x0, "center": (before.x0 + after.x1) / 2, "right": after.x1}
    assert edges[align] == pytest.approx(middle, abs=12)


def test_a_character_that_the_first_family_lacks_is_set_in_the_second(fonts: list[Path]) -> None:
    sheet = Sheet(160, 20, STYLE, fonts)
    assert Path(str(sheet.find_font("13 093", "label").get_file())).stem == "FiraGO-Regular"
    assert Path(str(sheet.find_font("13\N{NARROW NO-BREAK SPACE}093", "label").get_file())).stem == "NotoSans-Regular"


def test_a_character_that_no_font_holds_is_an_error(fonts: list[Path]) -> None:
    with pytest.raises(ValueError, match="no font given holds every character"):
        Sheet(160, 20, STYLE, fonts).find_font("漢", "label")


def test_a_missing_font_is_an_error_and_not_replaced(fonts: list[Path]) -> None:
    without = [path for path in fonts if path.stem != "FiraGO-Bold"]
    with pytest.raises(ValueError, match=r"FiraGO-Bold\.ttf is not among the fonts given"):
        lay_out(find_chart("minusma"), without)


# --- What charts.yaml may hold ---

BAR = "{kind: bars, marks: [{figure: here, label: Here}]}"


def test_a_chart_lists_the_figures_and_wordings_that_it_states() -> None:
    chart = read_chart(
        "{kind: bars, marks: [{figure: a, label: A}, {figure: b, label: B, value: '{{ b | over 6000 }}'}]}"
    )
    assert set(list_chart_uses(chart)) == {("a", ""), ("b", "over 6000")}
    assert list_figures(chart) == ("a", "b")


def test_a_figure_that_is_not_known_is_one_clear_error(fonts: list[Path]) -> None:
    chart = read_chart(BAR)
    with pytest.raises(ValueError, match=r"^chart trial: there is no figure `here`\.$"):
        lay_out_chart(chart, {}, {}, {"Here": "Here"}, STYLE, fonts)


def test_a_label_without_a_wording_in_the_language_is_an_error(fonts: list[Path]) -> None:
    with pytest.raises(ValueError, match=r"^chart trial: no label for `Here`\.$"):
        lay_out_chart(read_chart(BAR), {"here": Decimal(1)}, {"here": "1"}, {}, STYLE, fonts)


def test_parts_that_do_not_add_up_to_the_whole_are_an_error(fonts: list[Path]) -> None:
    with pytest.raises(ValueError, match="the parts add up to"):
        draw(find_chart("minusma"), fonts, {"minusma_police": 5000})


def test_a_style_without_a_table_is_an_error() -> None:
    with pytest.raises(ValueError, match="chart style: expected exactly the keys"):
        parse_style({"type": {}})
    with pytest.raises(ValueError, match="`tones` has no `loud`"):
        Style({}, 1.25, {}, {"strong": {}}, {}, {}).find("tones", "loud")


@pytest.mark.parametrize(
    ("date", "days"),
    [("2012", 366), ("2013-02", 28), ("2013-12", 31), ("2013-07-01", 1), ("1992-01-12/1992-04-26", 106)],
)
def test_a_date_spans_its_days(date: str, days: int) -> None:
    start, end = find_span(date)
    assert (end - start).days == days


def test_bars_of_zero_are_drawn_with_no_length(fonts: list[Path]) -> None:
    chart = read_chart(BAR)
    assert isinstance(chart.content, Bars)
    sheet = lay_out_chart(chart, {"here": Decimal(0)}, {"here": "0"}, {"Here": "Here"}, STYLE, fonts)
    assert find_bars(sheet)["here"].get_width() == 0
