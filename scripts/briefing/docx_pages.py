"""Find the page on which each heading of a Word file stands, from a twin of its layout.

Word counts pages when it opens a file; a contents list that is right before that needs the pages from elsewhere, and
from the sources alone, whatever programs the machine has.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from briefing.document import Document
from briefing.docx_fields import name_contents_bookmark
from briefing.docx_footnotes import build_footnotes
from briefing.docx_package import start_package
from briefing.docx_story import Place
from briefing.docx_twin import write_twin
from briefing.docx_writer import write_body


class _FontFetcher(URLFetcher):  # type: ignore[misc]
    """Fetch fonts by the name of their file, and nothing else."""

    def __init__(self, fonts: Mapping[str, bytes]) -> None:
        super().__init__(fail_on_errors=True)
        self._fonts = fonts

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Give the font that the twin's style sheet asks for."""
        name = url.removeprefix("font:")
        return URLFetcherResponse(url, self._fonts[name], {"Content-Type": "font/ttf"})


def lay_out_pages(
    document: Document,
    labels: Mapping[str, str],
    styles: Mapping[str, Any],
    fonts: Mapping[str, bytes],
    images: Mapping[str, bytes],
) -> dict[str, int]:
    """Give the page, counted from 1, of each heading of a note by its id."""
    draft = start_package()
    story = write_body(document, labels, images, styles, {}, draft)
    footnotes = build_footnotes(Place(story, draft.footnotes))
    twin = write_twin(draft.body, footnotes, styles)
    page_by_bookmark = _find_bookmarks(twin, fonts)
    return {heading.id: page_by_bookmark[name_contents_bookmark(index)] for index, heading in enumerate(story.headings)}


def _find_bookmarks(twin: str, fonts: Mapping[str, bytes]) -> dict[str, int]:
    """Lay the twin out and give the page of each bookmark."""
    html = HTML(string=twin, base_url="https://note.invalid/", url_fetcher=_FontFetcher(fonts))
    rendering = html.render(font_config=FontConfiguration())
    pages: dict[str, int] = {}
    for number, page in enumerate(rendering.pages, start=1):
        for bookmark in page.anchors:
            pages.setdefault(bookmark, number)
    return pages
