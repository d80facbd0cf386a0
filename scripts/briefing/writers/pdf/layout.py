"""Write a document as a tagged PDF: the page of the HTML writer, laid out by WeasyPrint."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any

from briefing.document.nodes import Document
from briefing.document.version_names import PHONE, list_pictures, name_form
from briefing.document.walking import list_strings
from briefing.fonts import find_uncovered_characters, use_fonts
from briefing.writers.html.page import write_page
from briefing.writers.pdf.page_ends import mend_page_ends

_BASE_URL = "https://note.invalid/"
# To mend the ends of pages, where pages laid out again may have others.
ATTEMPTS = 3

# Named here, not asked of the host, whose tables differ.
_MEDIA_TYPES = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".md": "text/markdown",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".yaml": "application/yaml",
}


class LayoutError(ValueError):
    """A note cannot be laid out as it stands; the message says what the layout program objects to."""


def write_pdf(
    document: Document,
    labels: Mapping[str, str],
    images: Mapping[str, bytes],
    font_folder: str,
    templates: Mapping[str, str],
    attachments: Mapping[str, bytes],
) -> bytes:
    """Write a document as PDF/UA-1 with the files `attachments` in it; `font_folder` is what `cut_fonts.py` made.

    `images` holds `<name>.svg` for each of `list_pictures`, `templates` the texts of note.html.j2 and pdf.css, and of a
    redline those of causes.css, redline.css and redline-pdf.css too. The same arguments give the same bytes. Raises
    `LayoutError` for any warning of WeasyPrint and for characters that no font holds.
    """
    _check_characters(document, labels)
    names = list_pictures(document)
    sources = {name: f"{_BASE_URL}{name}.svg" for name in names}
    sources |= {form: f"{_BASE_URL}{form}" for name in names if (form := name_form(name, PHONE)) in images}
    page = write_page(document, "pdf", labels, sources, templates)
    known = {f"{_BASE_URL}{name}": content for name, content in images.items()}
    known |= {f"{_BASE_URL}attachments/{name}": content for name, content in attachments.items()}
    return lay_out_page(page, font_folder, document.metadata.issued, known, sorted(attachments), ATTEMPTS)


def lay_out_page(
    page: str,
    font_folder: str,
    issued: str,
    known: Mapping[str, bytes] | None = None,
    attached: Sequence[str] = (),
    attempts: int = 0,
) -> bytes:
    """Lay a page of HTML out as PDF/UA-1; it can reach the addresses in `known` and no others.

    `attached` names those of `known` that the PDF carries, dated as `issued` (ISO 8601); `attempts` says how often the
    page is laid out again to mend the ends of its pages. Raises `LayoutError` for any
    warning of WeasyPrint.
    """
    use_fonts(font_folder)
    with _refuse_warnings():
        return _lay_out(page, known or {}, attached, datetime.datetime.fromisoformat(issued), attempts)


def _check_characters(document: Document, labels: Mapping[str, str]) -> None:
    missing = find_uncovered_characters([*list_strings(document), *labels.values()])
    if missing:
        names = ", ".join(f"{character} (U+{ord(character):04X})" for character in sorted(missing))
        raise LayoutError(f"the note uses characters that its fonts are not cut to: {names}; add them to fonts.py")


def _lay_out(
    page: str, known: Mapping[str, bytes], names: Sequence[str], issued: datetime.datetime, attempts: int
) -> bytes:
    # WeasyPrint takes a second and a half to import, and reads the fonts' configuration as it starts.
    from weasyprint import HTML, Attachment
    from weasyprint.text.fonts import FontConfiguration

    fetcher = _make_fetcher(known)
    files = [
        Attachment(
            url=f"{_BASE_URL}attachments/{name}",
            name=name,
            url_fetcher=fetcher,
            created=issued,
            modified=issued,
            relationship="Data",
        )
        for name in names
    ]
    html = HTML(string=page, base_url=_BASE_URL, url_fetcher=fetcher)
    options: dict[str, Any] = {
        "attachments": files,
        "pdf_variant": "pdf/ua-1",
        "pdf_identifier": True,  # made from the content, not from the clock
        "full_fonts": True,  # subsetting by the host's HarfBuzz gives other bytes on another release
        "custom_metadata": True,
    }
    fonts = FontConfiguration()
    document = html.render(font_config=fonts, **options)
    for _ in range(attempts):
        if not mend_page_ends(document):
            break
        document = html.render(font_config=fonts, **options)
    result: bytes = document.write_pdf(finisher=_finish, **options)
    return result


def _finish(document: Any, pdf: Any) -> None:
    """Say of each link what its title does, where WeasyPrint 70 says the name of its target only; and tag the pages."""
    import pydyf  # type: ignore[import-untyped]

    from briefing.writers.pdf.tagging import tag_document

    for page in document.pages:
        for *_, box in page.links:
            if title := box.element is not None and box.element.get("title"):
                box.link_annotation["Contents"] = pydyf.String(title)
    tag_document(document, pdf)


def _make_fetcher(known: Mapping[str, bytes]) -> Any:
    """Make a fetcher that knows the given addresses and can reach neither files nor the network."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class KnownFetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: object = None) -> Any:
            if url not in known:
                raise ValueError(f"the note asks for {url}, which is no part of it")
            media_type = _MEDIA_TYPES.get(PurePath(url).suffix, "application/octet-stream")
            return URLFetcherResponse(url, known[url], {"Content-Type": media_type})

    return KnownFetcher()


@contextmanager
def _refuse_warnings() -> Iterator[None]:
    """Turn the warnings that WeasyPrint logs into a `LayoutError` that lists them all."""
    messages: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: messages.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
    if messages:
        raise LayoutError("WeasyPrint objects to the note:\n" + "\n".join(dict.fromkeys(messages)))
