"""Sample documents for the tests of the writers: an excerpt of a note that holds every kind of node."""

import re
import struct
import zlib

from briefing.document.nodes import (
    Abbreviation,
    Bibliography,
    BibliographyEntry,
    Block,
    Chart,
    Cite,
    CitePart,
    Column,
    Contents,
    Document,
    Emphasis,
    FigureUse,
    Heading,
    Inline,
    KeyStatistic,
    KeyStatistics,
    LineBreak,
    Link,
    List,
    ListItem,
    Metadata,
    Note,
    Paragraph,
    ReturnToContents,
    Row,
    Span,
    Strong,
    Table,
    Text,
)

SSR = Abbreviation("SSR", "Security Sector Reform")
MINUSMA = Abbreviation("MINUSMA", "United Nations Multidimensional Integrated Stabilisation Mission in Mali")
WORLD_BANK = Cite((CitePart("worldbank2017", "World Bank, 2017"),))

METADATA = Metadata(
    note="mali",
    language="en-GB",
    title="Mali — SSR Background Note",
    subtitle="Country background for people who work on security sector reform",
    series="SSR Background Notes",
    edition="2019-02",
    edition_text="February 2019",
    issued="2019-02-11",
    as_of="2019-02-11",
    as_of_text="11 February 2019",
    version="b3f1c2d4e5a6",
    publisher="Briefnote",
    contact="notes@example.org",
    description="Background on Mali, its politics and its security sector, for people who work on its reform.",
    keywords=("Mali", "security sector reform", "Sahel"),
)

# id, label, value, year, source
_LINES = (
    ("location", "Location", "landlocked country in West Africa", "", ""),
    ("population", "Population", "{population|18 million}, {southern_share|90%} in the south", "2017", "World Bank"),
    ("capital", "Capital", "Bamako, {bamako_population|2.7 million} people", "2017", "World Bank"),
    ("area", "Area", "{area|1,240,190 km²}", "", "World Bank"),
    ("minerals", "Mineral wealth", "gold ({gold_share_of_exports|72%} of exports), iron ore, bauxite", "", ""),
    (
        "municipalities",
        "Local authorities",
        "{municipalities|703}: {rural_municipalities|666} rural, {urban_municipalities|37} urban",
        "2016",
        "OECD",
    ),
    ("languages", "Languages", "French (official), Bambara and around {further_languages|12} others", "", ""),
    ("constitution", "Constitution", "Constitution of the Republic of Mali", "12 January 1992", ""),
    ("political-system", "Political system", "republic", "", ""),
    ("gdp-growth", "GDP growth rate", "{gdp_growth|7.6%}", "2017", "UN"),
    ("gdp-per-capita", "GDP per capita", "{gdp_per_capita|USD 824.5}", "2017", "World Bank"),
    ("sectors", "Productive sectors", "mining, {agriculture_mining_share|80%} of revenue and exports", "", ""),
    ("poverty", "Poverty at the national poverty line", "{poverty_rate|43.6%}", "2009", "World Bank"),
    ("literacy", "Literacy rate, adults (15 and over)", "{literacy_rate|33%}", "2015", "World Bank"),
    ("debt", "External debt", "{external_debt|USD 4.3 billion}", "2014", "UN"),
    (
        "ibrahim",
        "Ibrahim Index",
        "{ibrahim_rank|25th|ordinal} of {ibrahim_countries|54}",
        "2017",
        "Mo Ibrahim Foundation",
    ),
    ("freedom", "Freedom House Index", "partly free", "2018", "Freedom House"),
    ("corruption", "Corruption Index", "{corruption_rank|122nd|ordinal} of {corruption_countries|180}", "2017", "TI"),
    ("hdi", "Human Development Index", "{human_development_index|0.442}", "2016", "UNDP"),
)

# Figure id: label, value, period, source, formula (empty for an observed figure)
_FIGURES: dict[str, tuple[str, str, str, str, str]] = {
    "agriculture_mining_share": ("Agriculture and mining, share of revenue and exports", "80%", "", "unstated", ""),
    "area": ("Area", "1,240,190 km²", "", "World Bank", ""),
    "bamako_population": ("Population of Bamako", "2.7 million", "2017", "World Bank, 2017", ""),
    "corruption_countries": ("Countries ranked by perceived corruption", "180", "2017", "Transparency Int., 2017", ""),
    "corruption_rank": ("Rank by perceived corruption", "122nd", "2017", "Transparency Int., 2017", ""),
    "external_debt": ("External debt", "USD 4.3 billion", "2014", "United Nations, 2017", ""),
    "further_languages": ("Further languages", "12", "", "unstated", ""),
    "gdp_growth": ("Growth of gross domestic product", "7.6%", "2017", "United Nations, 2017", ""),
    "gdp_per_capita": ("Gross domestic product per head", "USD 824.5", "2017", "World Bank, 2017", ""),
    "gendarmerie_women": ("Women in the Gendarmerie, 2014", "under 3%", "2014", "Triquet, 2015", ""),
    "gold_share_of_exports": ("Gold, share of exports", "72%", "", "unstated", ""),
    "human_development_index": ("Human Development Index", "0.442", "2016", "UNDP, 2016", ""),
    "ibrahim_countries": ("Countries of the Ibrahim Index", "54", "2017", "Mo Ibrahim Foundation, 2017", ""),
    "ibrahim_rank": ("Rank in the Ibrahim Index", "25th", "2017", "Mo Ibrahim Foundation, 2017", ""),
    "internal_personnel": (
        "Personnel of the three internal security forces",
        "at least 13,000",
        "2015",
        "derived",
        "police_personnel + gendarmerie_personnel + guard_personnel",
    ),
    "literacy_rate": ("Literacy rate, adults", "33%", "2015", "World Bank, 2015", ""),
    "lopm_budget": ("Budget of the military programming law", "FCFA 1,200 billion", "2015/2019", "Decree, 2016", ""),
    "municipalities": ("Municipalities", "703", "2016", "OECD, 2016", ""),
    "northern_multiple": (
        "Northern deployment, after over before",
        "4.3",
        "",
        "derived",
        "ratio(northern_deployment_after, northern_deployment_before)",
    ),
    "police_personnel": ("Personnel of the National Police", "over 6,000", "", "DCAF, 2016", ""),
    "police_women_2014": ("Women in the National Police, 2014", "12.4%", "2014", "Triquet, 2015", ""),
    "police_women_2017": ("Women in the National Police, 2017", "13.7%", "2017", "IMRAP, 2018", ""),
    "population": ("Population", "18 million", "2017", "World Bank, 2017", ""),
    "population_density": ("Population density", "14.5", "2017", "derived", "population / area"),
    "poverty_rate": ("Poverty headcount ratio at the national poverty line", "43.6%", "2009", "World Bank, 2009", ""),
    "rural_municipalities": ("Rural municipalities", "666", "2016", "OECD, 2016", ""),
    "southern_share": ("Share of the population in the southern region", "90%", "2017", "World Bank, 2017", ""),
    "urban_municipalities": ("Urban municipalities", "37", "2016", "OECD, 2016", ""),
}


_USE = re.compile(r"\{(\w+)\|([^|}]*)(?:\|([^}]*))?\}")


def _read(text: str) -> tuple[Inline, ...]:
    """Read `{figure|text}` and `{figure|text|form}` as numbers and all else as text."""
    inlines: list[Inline] = []
    end = 0
    for match in _USE.finditer(text):
        inlines += [Text(text[end : match.start()])] if match.start() > end else []
        inlines.append(FigureUse(match[1], match[2], match[3] or ""))
        end = match.end()
    return (*inlines, Text(text[end:])) if end < len(text) else tuple(inlines)


def _make_key_statistics() -> KeyStatistics:
    lines = tuple(
        KeyStatistic(f"key-{id}", (Text(label),), _read(value), _read(year), (Text(source),) if source else ())
        for id, label, value, year, source in _LINES
    )
    note = (Text("An empty year or source means that the sources state none."),)
    return KeyStatistics("key-statistics", "Key statistics", ("", "Value", "Year", "Source"), lines, note)


def _make_background() -> tuple[Block, ...]:
    return (
        Heading("introduction", 1, "1", (Text("Introduction and general background"),)),
        Heading("geography", 2, "1.1", (Text("Cultural and geographic background"),)),
        Paragraph(
            "geography-1",
            (
                *_read(
                    "Mali is a landlocked country of West Africa with {population|18 million} people, or "
                    "{population_density|about 14.5|about} a square kilometre. Most of them, {southern_share|90%} of "
                    "the total, live in the southern region; Bamako, the capital, has {bamako_population|2.7 million} "
                    "inhabitants "
                ),
                WORLD_BANK,
                Text(". French is the official language, and Bambara (in its own spelling "),
                Span("bm", (Emphasis((Text("bamanankan ɲɔgɔn kalan, ɛ ɔ ŋ"),)),)),
                Text(") is the language most spoken in the country."),
            ),
            ("F002", "F003", "F005"),
        ),
        Paragraph(
            "geography-2",
            (
                *_read(
                    "The state has {municipalities|703} municipalities, of which {rural_municipalities|666} "
                    "are rural. “It’s a matter of distance” & of roads: "
                ),
                Strong((Text("if x < y, then y > x"),)),
                Text(", as the "),
                Link("#map-mali", (Text("map"),)),
                Text(" shows."),
                LineBreak(),
                Text("Borders run through the territory of several peoples—Tuareg, Songhai and Fula among them."),
            ),
            ("F009", "F010"),
        ),
        Chart(
            "map-mali",
            "map",
            1,
            (Text("Mali, its neighbours and its regional capitals"),),
            (Text("Natural Earth, 1:50 million, public domain."),),
            (Text("Map of Mali and its seven neighbours with Bamako in the south-west and Kidal in the north-east."),),
            "map-mali",
            160,
            110,
            (),
            (Text("The boundaries and names shown imply no opinion on the legal status of any territory."),),
        ),
        Heading("economy", 2, "1.2", (Text("Economic background"),)),
        Paragraph(
            "economy-1",
            (
                *_read(
                    "The economy grew by {gdp_growth|7.6%} in 2017; output per head was {gdp_per_capita|USD 824.5}. "
                    "External debt was {external_debt|USD 4.3 billion} in 2014."
                ),
                Note(
                    "debt-year",
                    1,
                    (
                        Text("The year of the debt differs from that of the other "),
                        Emphasis((Text("indicators"),)),
                        Text("; see "),
                        Link("https://www.worldbank.org/en/country/mali", (Text("the World Bank’s page"),)),
                        Text(" for later ones."),
                    ),
                ),
                *_read(
                    " {poverty_rate|More than two fifths|more than two fifths} of the people are poor by that line."
                ),
            ),
            ("F017", "F018", "F022"),
        ),
        ReturnToContents("introduction-return", "Back to contents"),
    )


def _make_forces() -> tuple[Block, ...]:
    return (
        Heading("security-sector-reform", 1, "2", (Text("Security sector reform and its institutions"),)),
        Paragraph(
            "ssr-1",
            (
                Text("Security sector reform ("),
                SSR,
                Text(") in Mali has been supported by the United Nations Multidimensional Integrated Stabilisation "),
                Text("Mission in Mali ("),
                MINUSMA,
                Text(") since 2013. The forces of internal security count "),
                FigureUse("internal_personnel", "at least 13,000", "at least"),
                Text(" people "),
                Cite((CitePart("goff2015", "Goff and van Veen, 2015, p. 4"), CitePart("triquet2015", "Triquet, 2015"))),
                Text(":"),
            ),
        ),
        List(
            "forces",
            False,
            (
                ListItem(
                    "forces-police",
                    (
                        *_read(
                            "the National Police, with {police_personnel|over 6,000|over 6000} staff, which answers to "
                            "the ministry in charge of internal security;"
                        ),
                    ),
                    ("F193",),
                ),
                ListItem("forces-gendarmerie", (Text("the Gendarmerie, which is also part of the armed forces;"),)),
                ListItem("forces-guard", (Text("the National Guard."),)),
            ),
            ("F193", "F199", "F203"),
        ),
        Heading("women", 2, "2.1", (Text("Women in the police, and the "), SSR, Text(" agenda"))),
        Paragraph(
            "women-1",
            (
                *_read(
                    "The share of women in the National Police rose from {police_women_2014|12.4%} to "
                    "{police_women_2017|13.7%} in 2017; in the Gendarmerie it is {gendarmerie_women|under 3%|under}."
                    "\u00a0The threshold of the law is far off."
                ),
                Note(
                    "guard-women",
                    2,
                    (
                        Text("The headcounts of 2015 give a share of their own "),
                        Cite((CitePart("goff2015", "Goff and van Veen, 2015"),)),
                        Text("."),
                    ),
                ),
            ),
        ),
        Chart(
            "chart-women",
            "chart",
            1,
            (Text("Women in the internal security forces, per cent"),),
            (Text("Triquet (2015); IMRAP (2018). Figures of different years."),),
            (
                Text(
                    "Bar chart: women are 12.4% of the police in 2014, 13.7% in 2017, less than 3% of the Gendarmerie."
                ),
            ),
            "women-by-force",
            160,
            70,
            (
                FigureUse("police_women_2014", "12.4%"),
                FigureUse("police_women_2017", "13.7%"),
                FigureUse("gendarmerie_women", "under 3%"),
            ),
        ),
        Paragraph(
            "women-2",
            (
                Text("Northern deployment grew "),
                FigureUse("northern_multiple", "4.3"),
                Text(" times. The military programming law ("),
                Emphasis((Span("fr", (Text("Loi d’orientation et de programmation militaire"),)),)),
                Text(") sets aside "),
                FigureUse("lopm_budget", "FCFA 1,200 billion"),
                Text(". It is law no. 2015-008; the arrow ↑ and the minus −1 and 10 × 2 are there for the fonts."),
            ),
        ),
        Table(
            "budgets",
            "",
            1,
            (Text("The two programming laws"),),
            (Column("Law", 0.4), Column("Years", 0.3), Column("Budget", 0.3, "end")),
            (
                Row(
                    "budgets-lopm",
                    (
                        (Text("Military programming law"),),
                        (Text("2015–2019"),),
                        (FigureUse("lopm_budget", "FCFA 1,200 billion"),),
                    ),
                ),
                Row("budgets-lps", ((Text("Internal security law"),), (Text("2017–2021"),), ())),
            ),
        ),
        List(
            "steps",
            True,
            (
                ListItem("steps-1", (Text("Publish the strength of each force every year."),)),
                ListItem("steps-2", (Text("Set a date for the threshold of women in each force."),)),
            ),
        ),
        ReturnToContents("security-sector-reform-return", "Back to contents"),
    )


def _make_back_matter() -> tuple[Block, ...]:
    acronyms = tuple(
        Row(f"acronym-{text.lower()}", ((Text(text),), (Text(expansion),)))
        for text, expansion in (
            ("FCFA", "Franc of the African Financial Community"),
            ("GDP", "Gross Domestic Product"),
            (MINUSMA.text, MINUSMA.expansion),
            (SSR.text, SSR.expansion),
        )
    )
    acronym_columns = (Column("Acronym", 0.2), Column("Meaning", 0.8))
    works: tuple[tuple[str, tuple[Inline, ...], str], ...] = (
        (
            "goff2015",
            (Text("Goff, D. and van Veen, E. (2015) "), Emphasis((Text("A Crisis of Confidence"),)), Text(".")),
            "",
        ),
        ("triquet2015", (Text("Triquet, V. (2015) "), Emphasis((Text("Gender Survey"),)), Text(".")), "incomplete"),
        (
            "worldbank2017",
            (
                Text("World Bank (2017) "),
                Emphasis((Text("Data: Mali"),)),
                Text(". Available at: "),
                Link("https://data.worldbank.org/country/mali", (Text("https://data.worldbank.org/country/mali"),)),
                Text("."),
            ),
            "",
        ),
    )
    return (
        Heading("acronyms", 1, "3", (Text("List of acronyms"),)),
        Table("acronym-table", "acronyms", 0, (), acronym_columns, acronyms),
        ReturnToContents("acronyms-return", "Back to contents"),
        Heading("references", 1, "4", (Text("References"),)),
        Bibliography(
            "bibliography",
            tuple(BibliographyEntry(f"ref-{key}", key, children, status) for key, children, status in works),
        ),
        ReturnToContents("references-return", "Back to contents"),
    )


def _make_figure_row(figure: str) -> Row:
    label, value, period, source, formula = _FIGURES[figure]
    formulas: dict[str, tuple[Inline, ...]] = {
        "population_density": (
            Link("#figure-population", (Text("Population"),)),
            Text(" ÷ "),
            Link("#figure-area", (Text("Area"),)),
        ),
    }
    cells: tuple[tuple[Inline, ...], ...] = (
        (Link("#geography-1", (Text(label),)),),
        (Text(value),),
        (Text(period or "undated"),),
        (Link("#ref-worldbank2017", (Text(source),)),) if source == "World Bank, 2017" else (Text(source),),
        formulas.get(figure, (Text(formula),) if formula else ()),
    )
    return Row(f"figure-{figure}", cells)


def _make_annex() -> tuple[Block, ...]:
    columns = (
        Column("Figure", 0.29),
        Column("Value", 0.16, "end"),
        Column("Period", 0.12),
        Column("Source", 0.18),
        Column("Formula", 0.25),
    )
    rows = tuple(_make_figure_row(figure) for figure in sorted(_FIGURES))
    return (
        Heading("figures-and-sources", 1, "", (Text("Annex: Figures and sources"),)),
        Paragraph(
            "figures-intro", (Text("Each number of this note, with what it rests on. Derived ones name a formula."),)
        ),
        Table("figures-table", "figures", 0, (), columns, rows),
        ReturnToContents("figures-return", "Back to contents"),
        Heading("colophon", 1, "", (Text("About this note"),)),
        Paragraph(
            "colophon-1",
            (Text("This note was made from data with the version "), Text(METADATA.version), Text(".")),
            role="colophon",
        ),
        Paragraph(
            "colophon-2",
            (
                Text("Comments are welcome at "),
                Link("mailto:notes@example.org", (Text("notes@example.org"),)),
                Text("."),
            ),
            role="colophon",
        ),
    )


def make_sample_document() -> Document:
    """Make an excerpt of a note on Mali that holds every kind of block and inline."""
    return Document(
        METADATA,
        (
            _make_key_statistics(),
            Contents("contents", "Contents"),
            *_make_background(),
            *_make_forces(),
            *_make_back_matter(),
            *_make_annex(),
        ),
    )


def _make_png(width: int, height: int, grey: int) -> bytes:
    """Make a PNG of one shade of grey."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress((b"\0" + bytes([grey]) * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def _make_svg(width: int, height: int) -> bytes:
    """Make a picture of three bars, `width` by `height` millimetres."""
    bars = "".join(
        f'<rect x="{width * (0.1 + 0.3 * n):g}" y="{height * (0.2 + 0.2 * n):g}" width="{width * 0.2:g}" '
        f'height="{height * (0.7 - 0.2 * n):g}" fill="{fill}"/>'
        for n, fill in enumerate(("#0f5c66", "#b8772d", "#7b878c"))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" '
        f'viewBox="0 0 {width} {height}">{bars}</svg>\n'
    ).encode()


def make_sample_images() -> dict[str, bytes]:
    """Make the pictures of the sample document: an SVG and a PNG for each, by file name."""
    sizes = {"map-mali": (160, 110), "women-by-force": (160, 70)}
    svgs = {f"{name}.svg": _make_svg(*size) for name, size in sizes.items()}
    pngs = {f"{name}.png": _make_png(width * 4, height * 4, 200) for name, (width, height) in sizes.items()}
    return svgs | pngs
