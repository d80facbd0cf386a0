"""No page ends in a word that is continued on the next."""

from typing import Any

import pytest
from weasyprint import HTML

from briefing.writers.pdf import layout
from briefing.writers.pdf.page_ends import hold_divided_words

pytestmark = pytest.mark.layout

STYLE = """@page { size: 60mm 40mm; margin: 5mm } p { margin: 0 } .held { hyphens: none; white-space: nowrap }
html { font: 10pt/1.4 sans-serif; hyphens: auto; hyphenate-limit-chars: 9 4 4 }"""
WORDS = "The administration of internationalisation and <em>decentralisation</em> reorganises its responsibilities "
PARAGRAPH = f"<p>{WORDS * 2}</p>\n"


def read_pages(document: Any) -> list[list[str]]:
    return [
        [
            "".join(part.text for part in line.descendants() if hasattr(part, "text"))
            for line in page._page_box.descendants()
            if type(line).__name__ == "LineBox"
        ]
        for page in document.pages
    ]


def test_words_that_pages_end_in_are_held_and_those_of_other_lines_are_divided() -> None:
    page = HTML(string=f'<html lang="en"><style>{STYLE}</style><body>{PARAGRAPH * 14}</body></html>')
    document = page.render()
    ends = [lines[-1].strip() for lines in read_pages(document)[:-1]]
    assert any(end.endswith("\N{HYPHEN}") for end in ends)
    for _ in range(layout.ATTEMPTS):
        if not hold_divided_words(document):
            break
        document = page.render()
    pages = read_pages(document)
    assert not any(lines[-1].strip().endswith("\N{HYPHEN}") for lines in pages[:-1])
    assert any(line.strip().endswith("\N{HYPHEN}") for lines in pages for line in lines)
    text = " ".join(part for lines in pages for part in lines)
    assert text.replace("\N{HYPHEN} ", "").split() == (WORDS * 28).replace("<em>", "").replace("</em>", "").split()
    assert not hold_divided_words(document)
