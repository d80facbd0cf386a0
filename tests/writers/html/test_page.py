"""Laws of the HTML page, tried on a document that holds every kind of node."""

import base64
import dataclasses
import hashlib
import itertools
import re
from collections import Counter
from typing import Any

import jinja2
import lxml.html
import pytest
import yaml

from briefing.document.nodes import Abbreviation, Chart, Cite, FigureUse, Heading, Note, Paragraph, Text
from briefing.document.version_names import PHONE, TEXT, name_form
from briefing.document.walking import get_text, walk_nodes
from briefing.steps.render import list_siblings
from briefing.writers.html.page import write_html
from support.documents import make_sample_document, make_sample_images
from support.handouts import write_sample
from support.house import make_fonts, read_house_files, read_labels, read_templates


def parse_sample() -> Any:
    return lxml.html.document_fromstring(write_sample())


def read_text(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_every_link_within_the_page_leads_to_an_id_and_ids_are_unique() -> None:
    page = parse_sample()
    ids = Counter(page.xpath("//@id"))
    assert [id for id, count in ids.items() if count > 1] == []
    targets = {href[1:] for href in page.xpath("//@href") if href.startswith("#")}
    named = {
        id
        for name in ("aria-labelledby", "popovertarget")
        for value in page.xpath(f"//@{name}")
        for id in value.split()
    }
    assert sorted((targets | named) - ids.keys()) == []


def test_every_number_has_a_popover_and_an_annex_row() -> None:
    page = parse_sample()
    document = make_sample_document()
    drawn = {id(point) for node in walk_nodes(document) if isinstance(node, Chart) for point in node.points}
    printed = [node for node in walk_nodes(document) if isinstance(node, FigureUse) and id(node) not in drawn]
    links = page.xpath("//a[@class='figure']")
    assert sorted(link.text for link in links) == sorted(use.text for use in printed)
    for use in printed:
        (row,) = page.xpath(f"//tr[@id='figure-{use.figure}']")
        (popover,) = page.xpath(f"//div[@id='about-figure-{use.figure}']")
        assert popover.get("popover") == ""
        for cell in row:
            assert read_text(cell) in read_text(popover)


def test_the_text_of_the_page_is_the_text_of_the_document_in_its_order() -> None:
    page = parse_sample()
    for element in page.xpath("//sup | //style | //script"):
        element.drop_tree()
    text = page.text_content()
    position = 0
    for block in make_sample_document().blocks:
        notes = {id(node) for note in walk_nodes(block) if isinstance(note, Note) for node in walk_nodes(note)}
        notes |= {id(node) for node in walk_nodes(block.alternative)} if isinstance(block, Chart) else set()
        for node in walk_nodes(block):
            within_chart = isinstance(block, Chart) and isinstance(node, FigureUse)
            if isinstance(node, Text | FigureUse | Abbreviation) and id(node) not in notes and not within_chart:
                position = text.index(node.text, position) + len(node.text)
            elif isinstance(node, Cite) and id(node) not in notes:
                position = text.index(get_text(node), position) + len(get_text(node))


def test_footnotes_are_an_ordered_list_in_the_order_of_their_marks_with_ways_back() -> None:
    page = parse_sample()
    notes = [node for node in walk_nodes(make_sample_document()) if isinstance(node, Note)]
    items = page.xpath("//section[@class='footnotes']/ol/li")
    assert [item.get("id") for item in items] == [f"note-{note.id}" for note in notes]
    for note, item in zip(notes, items, strict=True):
        assert get_text(note.children) in item.text_content()
        assert item.xpath(".//@href")[-1] == f"#mark-{note.id}"


def test_the_page_has_one_h1_and_no_heading_skips_a_level() -> None:
    levels = [int(element.tag[1]) for element in parse_sample().iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(below - above <= 1 for above, below in itertools.pairwise(levels))


def test_the_contents_list_every_heading_in_order() -> None:
    headings = [node for node in make_sample_document().blocks if isinstance(node, Heading)]
    links = parse_sample().xpath("//nav//a")
    assert [link.get("href") for link in links] == [f"#{heading.id}" for heading in headings]
    expected = [f"{heading.number} {get_text(heading.children)}".strip() for heading in headings]
    assert [read_text(link) for link in links] == expected


def test_the_page_asks_for_nothing_outside_itself() -> None:
    page = parse_sample()
    sources = page.xpath("//@src") + re.findall(r"url\(\s*[\"']?([^\"')]+)", write_sample())
    assert len(sources) >= 4
    assert {source.partition(":")[0] for source in sources} == {"data"}
    assert page.xpath("//link | //iframe | //object | //@srcset") == []
    assert "@import" not in write_sample()


def test_landmarks_and_language_are_there() -> None:
    page = parse_sample()
    assert page.get("lang") == "en-GB"
    assert [len(page.xpath(f"//{name}")) for name in ("header", "nav", "main", "footer")] == [1, 1, 1, 1]
    assert page.xpath("//body/a[1]/@href") == ["#text"]


def test_a_picture_says_what_it_shows() -> None:
    charts = [node for node in make_sample_document().blocks if isinstance(node, Chart)]
    assert parse_sample().xpath("//*[@role='img']/@aria-label") == [get_text(chart.alternative) for chart in charts]


def test_a_picture_stands_in_the_page_as_it_is_drawn_for_a_page_and_for_a_phone() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text class="fill-ink">On a {}</text></svg>'
    images = make_sample_images()
    drawn = {name_form(name.removesuffix(".svg"), form): svg.format(form) for name in images for form in (TEXT, PHONE)}
    written = {name: text.encode() for name, text in drawn.items()}
    page: Any = lxml.html.document_fromstring(
        write_html(make_sample_document(), read_labels(), {**images, **written}, make_fonts(), read_templates())
    )
    for picture in page.xpath("//figure/div[@role='img']"):
        shown = {svg.get("class"): read_text(svg) for svg in picture}
        assert shown == {"on-page": f"On a {TEXT}", "on-phone": f"On a {PHONE}"}


def test_every_number_is_described_by_what_it_rests_on() -> None:
    page = parse_sample()
    for link in page.xpath("//a[@class='figure']"):
        (basis,) = page.xpath(f"//*[@id='{link.get('aria-describedby')}']")
        assert basis.getparent().get("id") == f"about-{link.get('href')[1:]}"
        assert read_text(basis)


def test_the_dark_has_a_colour_for_every_mark_of_charts() -> None:
    style = yaml.safe_load(read_house_files()["charts.yaml"])
    dark = read_templates()["screen.css"].partition("prefers-color-scheme: dark")[2]
    fills = {*style["colours"], *style["tones"], *(f"on-{tone}" for tone in style["tones"])}
    lines = {"rule", "border"}  # these are never areas
    assert {name for name in fills - lines if not re.search(rf"\.fill-{name}\b(?![-_])", dark)} <= {"on-part"}
    for name in {*lines, "axis", "quiet", "home_border", "paper", "reference", "river", "soft", "strong"}:
        assert re.search(rf"\.stroke-{name}\b", dark), name


def test_the_page_leads_to_the_other_language_and_formats_that_are_built() -> None:
    siblings = list_siblings("sample", "en", ("en", "fr"), ("html", "pdf"), read_labels())
    page: Any = lxml.html.document_fromstring(
        write_html(
            make_sample_document(), read_labels(), make_sample_images(), make_fonts(), read_templates(), siblings
        )
    )
    links = page.xpath("//ul[@class='siblings']//a")
    assert [link.get("href") for link in links] == ["sample.fr.html", "sample.en.pdf", "figures.csv"]
    assert (links[0].text, links[0].get("hreflang"), links[1].get("hreflang")) == ("Français", "fr", None)


def test_markup_in_a_text_is_text() -> None:
    document = make_sample_document()
    hostile = "</style></script><script>alert('x')</script><!-- & {{ 7*7 }}"
    metadata = dataclasses.replace(document.metadata, title=hostile, description=f'"{hostile}')
    blocks = (*document.blocks, Paragraph("hostile", (Text(hostile),)))
    changed = dataclasses.replace(document, metadata=metadata, blocks=blocks)
    page: Any = lxml.html.document_fromstring(
        write_html(changed, read_labels(), make_sample_images(), make_fonts(), read_templates())
    )
    assert len(page.xpath("//script")) == 1
    assert page.xpath("//p[@id='hostile']")[0].text_content() == hostile
    assert page.xpath("//h1")[0].text_content() == page.xpath("//title")[0].text_content() == hostile
    assert page.xpath("//meta[@name='description']/@content") == [f'"{hostile}']


def test_the_same_document_gives_the_same_bytes() -> None:
    again = write_html(make_sample_document(), read_labels(), make_sample_images(), make_fonts(), read_templates())
    assert again == write_sample()


def test_a_template_that_prints_nothing_or_an_object_is_refused() -> None:
    for expression, error in (
        ("{{ metadata }}", TypeError),
        ("{{ metadata.keywords }}", TypeError),
        ("{{ unknown }}", jinja2.UndefinedError),
    ):
        templates = {**read_templates(), "note.html.j2": expression}
        with pytest.raises(error):
            write_html(make_sample_document(), read_labels(), make_sample_images(), make_fonts(), templates)


def test_the_script_of_the_page_is_the_one_that_its_policy_allows() -> None:
    page = parse_sample()
    digest = base64.b64encode(hashlib.sha256(page.xpath("//script")[0].text.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in page.xpath("//meta[@http-equiv]/@content")[0]


def test_the_contents_come_first_on_a_screen_and_what_phones_fold_is_open_until_the_script_folds_it() -> None:
    (main,) = parse_sample().xpath("//main")
    assert [part.tag for part in main][:2] == ["nav", "div"] and main[1].get("class") == "front"
    folds = main.xpath("./nav/details | .//section[contains(@class, 'key-statistics')]/details")
    assert [fold.get("open") for fold in folds] == ["", ""] and all(fold[0].tag == "summary" for fold in folds)
    script = read_templates()["popover.js"]
    assert '["nav details", "64rem"]' in script and '[".key-statistics details", "40rem"]' in script


def test_the_page_says_what_it_is_where_it_is_shared_and_which_languages_it_has() -> None:
    siblings = list_siblings("mali", "en", ["en", "fr"], ["html"], read_labels())
    document = make_sample_document()
    written = write_html(document, read_labels(), make_sample_images(), make_fonts(), read_templates(), siblings)
    page: Any = lxml.html.document_fromstring(written)
    said = {name: page.xpath(f"//meta[@property='og:{name}']/@content") for name in ("title", "description")}
    assert said == {"title": [document.metadata.title], "description": [document.metadata.description]}
    alternates = page.xpath("//link[@rel='alternate']")
    assert [(link.get("hreflang"), link.get("href")) for link in alternates] == [("fr", "mali.fr.html")]
