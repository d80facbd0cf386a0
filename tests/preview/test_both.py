"""Both languages side by side: each block beside its translation, what is stale and what is not translated marked."""

from lxml import html

from briefing.preview.both import write_both
from briefing.preview.session import PreviewSession
from support.previewing import edit, look, make_desk

CLASS = "contains(concat(' ', @class, ' '), ' {} ')"


def read_both(raw: dict[str, bytes] | None = None) -> html.HtmlElement:
    page = write_both(make_desk(), look(PreviewSession(), raw).proofs)
    root = html.document_fromstring(page)
    assert isinstance(root, html.HtmlElement)
    return root


def list_marked(page: html.HtmlElement, state: str) -> list[str]:
    pairs = page.xpath(f"//div[{CLASS.format('pair')} and {CLASS.format(state)}]")
    return [pair[0].xpath(".//@id")[0] for pair in pairs]


def test_each_block_stands_beside_its_translation_and_no_id_stands_twice() -> None:
    page = read_both()
    (pair,) = page.xpath(f"//div[{CLASS.format('pair')}][.//*[@id='number-1']]")
    english, french = (" ".join(cell.text_content().split()) for cell in pair)
    assert "The guard has over 2,900 members" in english and "La garde compte plus de 2 900 membres" in french
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids)) and {"number-1", "fr-number-1", "fr-chart-guards"} <= set(ids)
    assert {link[1:] for link in page.xpath("//a/@href[starts-with(., '#')]")} <= {*ids, "contents", "fr-contents"}
    assert not any(list_marked(page, state) for state in ("stale", "left", "missing"))


def test_what_has_changed_since_it_was_translated_is_stale_and_what_never_was_is_not_translated() -> None:
    fuzzy = edit(
        '#: sources/tiny/text/01-guards.md\nmsgctxt "number"', '#, fuzzy\nmsgctxt "number"', "translations/fr.po"
    )
    assert list_marked(read_both(fuzzy), "stale") == ["number"]
    new = read_both(edit("The guard has", "Today the guard has"))
    assert (list_marked(new, "stale"), list_marked(new, "left")) == ([], ["number-1"])
