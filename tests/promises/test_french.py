"""The French edition as readers get it, in each format: French spaces, French numbers, and no English."""

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import lxml.html
import pypdf
import pytest
from docx.oxml.ns import qn

from briefing.document.nodes import Document, FigureUse, Span
from briefing.document.walking import get_text, walk_nodes
from briefing.translate.messages import get_words
from support.editions import FOLDERS, list_translations, make_edition, read_source, translate_edition
from support.handouts import Handout, write_handout
from support.pdf_ua import find_faults, read_aloud

pytestmark = pytest.mark.workflow

THIN, NBSP = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
FORMATS = ("html", "docx", "pdf")
# Words that any English sentence has and French has not.
ENGLISH = re.compile(r"\b(the|of|and|with|from|which|was|were|is|has|by|for|their|about|under|over)\b", re.IGNORECASE)


# What the house names in each note and no language translates.
HOUSE = ("SIL Open Font License", "Creative Commons Attribution", "CC BY-SA", "Natural Earth", "FiraGO", "Briefnote")
NOTES = [note for note, tag in list_translations() if tag == "fr"]


@pytest.fixture(scope="module", params=NOTES)
def note(request: pytest.FixtureRequest) -> str:
    """Name a note that has a French edition."""
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def handout(note: str, tmp_path_factory: pytest.TempPathFactory) -> Handout:
    """Write the French edition of a note in all formats."""
    edition, _ = translate_edition(note, read_source(note, "translations/fr.po"))
    return write_handout(edition.composition.document, tmp_path_factory.mktemp("french") / f"{note}.fr.pdf")


def list_foreign(document: Document) -> list[str]:
    """List the runs that are marked as being in another language."""
    return sorted({get_text(n.children) for n in walk_nodes(document) if isinstance(n, Span)}, key=len, reverse=True)


def read_texts(handout: Handout, kind: str) -> Iterator[str]:
    """Give the text of a format, paragraph by paragraph, without what is marked as foreign."""
    match kind:
        case "html":
            root = lxml.html.document_fromstring(handout.html)
            for element in root.xpath("//script | //style | //*[@lang='en']"):
                element.drop_tree()
            parts = ("p", "li", "th", "td", "h1", "h2", "h3", "figcaption", "dd", "dt")
            for element in (element for part in parts for element in root.iter(part)):
                if element.find(".//ol") is None:  # the contents are a list of lists
                    yield element.text_content()
            # What a screen reader says of an acronym has no mark of language.
            said = root.xpath("//@title | //@alt | //@aria-label")
            yield from (text for text in said if text not in list_foreign(handout.document))
        case "docx":
            body: Any = docx.Document(io.BytesIO(handout.docx)).element.body
            for paragraph in body.iter(qn("w:p")):
                runs = [run for run in paragraph.iter(qn("w:r")) if not is_english(run)]
                yield "".join(text.text or "" for run in runs for text in run.iter(qn("w:t")))
        case "pdf":
            pages = [page.extract_text() for page in pypdf.PdfReader(handout.pdf).pages]
            flat = re.sub(r"[ \n]+", " ", "\n".join(pages))
            for foreign in list_foreign(handout.document):
                flat = re.sub(r"[ \n]*".join(map(re.escape, foreign.split())), "", flat)
            yield flat


def is_english(run: Any) -> bool:
    return any(mark.get(qn("w:val"), "").startswith("en") for mark in run.iter(qn("w:lang")))


@pytest.mark.parametrize("kind", FORMATS)
def test_double_punctuation_and_guillemets_have_their_spaces(kind: str, handout: Handout) -> None:
    wrong = []
    for text in read_texts(handout, kind):
        wrong += re.findall(rf".{{0,15}}[^{THIN};!?][;!?](?=\s|$)", text)
        wrong += re.findall(rf".{{0,15}}[^{NBSP}]:(?=\s|$)", text)
        wrong += re.findall(rf".{{0,15}}(?:«[^{NBSP}]|[^{NBSP}]»)", text)
        wrong += re.findall(r".{0,15}[^\u00a0]%", text)
        wrong += re.findall(r".{0,9}[\"'].{0,9}", text)
    assert wrong == []


@pytest.mark.parametrize("kind", FORMATS)
def test_numbers_are_written_as_in_french(kind: str, note: str, handout: Handout) -> None:
    french, english = (
        {node.text for node in walk_nodes(document) if isinstance(node, FigureUse)}
        for document in (handout.document, make_edition(note).composition.document)
    )
    only = [text for text in english - french if re.search(r"\d[,%]|\d\.\d\d|[A-Z]{3}|\d(?:st|nd|rd|th)", text)]
    assert only
    pattern = re.compile(
        "|".join(rf"(?<![\d,.]){re.escape(text)}(?![\d,])" for text in sorted(only, key=len, reverse=True))
    )
    wrong = []
    for text in read_texts(handout, kind):
        wrong += [match[0] for match in pattern.finditer(text)]
        wrong += re.findall(r"\b1 (?:janvier|février|mars|avril|mai|juin|juillet|août|octobre|novembre|décembre)", text)
    assert wrong == []


@pytest.mark.parametrize("kind", FORMATS)
def test_no_english_is_left(kind: str, note: str, handout: Handout) -> None:
    names = "|".join([*map(re.escape, [*HOUSE, *list_titles(note)]), *list_addresses(note)])
    # A page may cut what is marked as foreign, and set its notes and its number between; its tags do not.
    texts = [read_aloud(handout.pdf.read_bytes(), "en")] if kind == "pdf" else read_texts(handout, kind)
    found = [
        (text[max(0, match.start() - 20) : match.end() + 20])
        for text in texts
        for match in ENGLISH.finditer(re.sub(names, "", text.replace(NBSP, " ")))
    ]
    assert found == []


def test_no_message_stands_in_the_french_edition_as_it_stands_in_english(note: str, handout: Handout) -> None:
    edition, translator = translate_edition(note, read_source(note, "translations/fr.po"))
    assert edition.composition.document == handout.document
    same = {
        get_words(source)
        for _, source, translated, _ in translator.pairs
        if get_words(source) == get_words(translated) and len(get_words(source).split()) > 1
    }
    assert same - {*read_words(note)} == set()


def test_the_language_of_the_document_and_of_each_foreign_run_is_marked(handout: Handout) -> None:
    root = lxml.html.document_fromstring(handout.html)
    assert root.get("lang") == "fr-FR"
    marked = {element.text_content() for element in root.xpath("//*[@lang='en']")}
    assert {get_text(node.children) for node in walk_nodes(handout.document) if isinstance(node, Span)} == marked
    document: Any = docx.Document(io.BytesIO(handout.docx))
    notes = [
        lxml.etree.fromstring(part.blob) for part in document.part.package.iter_parts() if "footnotes" in part.partname
    ]
    runs = [run for tree in (document.element.body, *notes) for run in tree.iter(qn("w:r")) if is_english(run)]
    text = "".join(t.text or "" for run in runs for t in run.iter(qn("w:t")))
    assert all(run in text for run in marked)
    assert document.core_properties.language == "fr-FR"
    styles = document.styles.element
    assert [mark.get(qn("w:val")) for mark in styles.find(qn("w:docDefaults")).iter(qn("w:lang"))] == ["fr-FR"]


def test_the_pdf_names_its_language(handout: Handout) -> None:
    assert pypdf.PdfReader(handout.pdf).trailer["/Root"]["/Lang"] == "fr-FR"


@pytest.mark.client
def test_a_french_spelling_checker_knows_every_word(note: str, handout: Handout) -> None:
    dictionaries = Path("/usr/share/hunspell/fr_FR.dic")
    if not shutil.which("hunspell") or not dictionaries.exists():
        pytest.skip("hunspell or its French dictionary is missing (hunspell-fr)")
    text = "\n".join(read_texts(handout, "html")).replace("’", "'").replace(THIN, " ").replace(NBSP, " ")
    command = ["hunspell", "-d", "fr_FR", "-i", "utf-8", "-l"]
    unknown = subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout.split()
    snapshot = make_edition(note).snapshot
    explained = {*read_words(note), *" ".join([*HOUSE, *list_titles(note)]).split()}
    explained |= set(snapshot.sources.acronyms("fr"))
    explained |= {part for work in snapshot.sources.works.values() for part in name_people(work)}
    bare = {re.sub(r"^(?:[dlnsc]|qu)'", "", word.strip(".,")) for word in unknown}
    left = {
        word
        for word in bare
        if word not in explained and not re.search(r"^\d+e$|^[0-9a-f]{12}$|\d$|^\d{4}[a-z]$", word)
    }
    assert sorted(left) == []


def list_titles(note: str) -> list[str]:
    """List the titles of works of which no language is named, so that they cannot be marked as foreign."""
    works = make_edition(note).snapshot.sources.works.values()
    return [str(work["title"]) for work in works if "title" in work and "language" not in work]


def list_addresses(note: str) -> list[str]:
    """List patterns of the addresses of works, which a PDF breaks after a hyphen or a slash."""
    works = make_edition(note).snapshot.sources.works.values()
    addresses = [str(work["URL"]).removeprefix("https://").removeprefix("http://") for work in works if "URL" in work]
    return [re.sub(r"(\\-|/)", r"\1 ?", re.escape(address)) for address in addresses]


def name_people(work: Any) -> Iterator[str]:
    for person in (*work.get("author", ()), *work.get("editor", ())):
        for part in ("family", "given", "literal"):
            yield from str(person.get(part, "")).replace("’", "'").split()


def read_words(note: str) -> Iterator[str]:
    """Read what stands in French as it does, words that no dictionary knows and names: one a line, then why."""
    path = FOLDERS[note] / "translations/fr.words.txt"
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        if line and not line.startswith("#"):
            yield line.split("\t")[0].strip()


def test_the_pdf_is_tagged_as_pdf_ua_asks(handout: Handout) -> None:
    assert find_faults(handout.pdf.read_bytes()) == []
