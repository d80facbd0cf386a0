"""Turn files that reviewers have edited into a proposal to the sources as they are now."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import yaml

from briefing.document.nodes import Chart, Document, Heading
from briefing.document.serialization import hash_document, read_document
from briefing.document.walking import get_text, walk_nodes
from briefing.figures.derived import Derived
from briefing.formats.po_catalogue import decode_message, read_catalogue
from briefing.formats.text import decode_source
from briefing.formats.yaml_source import read_yaml
from briefing.language.house_texts import House, localise_tables, read_house
from briefing.language.number_formatting import Language
from briefing.problems import Place, Problem, SourceError, shorten
from briefing.readers.docx.reader import read_docx
from briefing.readers.docx.reading import WordReading
from briefing.refresh.patches import write_patch
from briefing.report import SCRIPT
from briefing.report.editor_page import fill_page
from briefing.returns import PAGE
from briefing.returns.homes import Base
from briefing.returns.items import TITLES, Remark, ReturnProposal, count_kinds
from briefing.returns.key_sentences import follow_key_sentences
from briefing.returns.page import summarise_remarks, write_remarks_text
from briefing.returns.proposing import Asked, ask_of_file, doubt_untracked
from briefing.returns.ways_back import add_ways_back
from briefing.returns.wishes import Texts, join_wishes, list_own_texts, make_wish, write_texts
from briefing.steps.compose import Target
from briefing.steps.take_version import SHARED, ComposedVersion, compose_version
from briefing.writers.docx.writer import write_docx

TABLES = ("/observations.csv", "/figures.yaml", "/acronyms.csv", "/bibliography.json")


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a note: what it is called, and its sources by path below sources/.

    Of a published edition the files are `frozen`, by path in its folder; `raw` are then the sources as they are now.
    """

    name: str
    raw: Mapping[str, bytes]
    frozen: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """A file that has come back: what it says, the language it is in, and the version that it was made from."""

    reading: WordReading
    language: str
    version: Version


@dataclass(frozen=True, slots=True)
class ImportedFiles:
    """What an import wrote: the proposal, files by name, and sources as it would have them, by path below sources/."""

    proposal: ReturnProposal
    files: Mapping[str, str]
    changed: Mapping[str, bytes] = field(default_factory=dict)


def import_files(
    note: str,
    now: Mapping[str, bytes],
    returned: Sequence[ReturnedFile],
    house_files: Mapping[str, bytes],
    styles: str,
    targets: Sequence[Target],
    day: str,
) -> ImportedFiles:
    """Make the proposal of some files; `now` are the sources as they are, `styles` the text of docx.yaml.

    Two files are read each beside its own version; what they change otherwise at one place is a conflict of theirs.
    """
    items: list[Remark] = []
    doubts: list[str] = []
    inserted = 0
    title = ""
    wishes = []
    texts = _decode(now, targets, {file.language for file in returned})
    for file in returned:
        asked, base = ask_of(note, file, house_files, styles, targets, day)
        title = title or asked.title
        inserted += asked.inserted
        doubts += [f"{file.reading.name}: {doubt}" for doubt in asked.doubts]
        wishes.append(make_wish(base, list_own_texts(texts), asked.splices, asked.items))
        items += asked.items
    wished, others = join_wishes(list_own_texts(texts), wishes)
    for number, item in enumerate([*items, *others], 1):
        item["number"] = number
    items += others
    changed = write_texts(texts, wished)
    for path in [path for path in changed if path.endswith(".md")]:
        changed[path], lost = follow_key_sentences(path, texts[path], changed[path])
        doubts += lost
    proposal: ReturnProposal = {
        "note": note,
        "title": title,
        "language": ", ".join(dict.fromkeys(file.language for file in returned)),
        "files": [file.reading.name for file in returned],
        "version": ", ".join(dict.fromkeys(file.reading.properties.get("version", "") for file in returned)),
        "base": ", ".join(dict.fromkeys(file.version.name for file in returned)),
        "day": day,
        "items": items,
        "inserted": inserted,
        "told": sum(item["words"] for item in items),
        "doubts": doubts,
        "patched": sorted(changed),
    }
    patch = "".join(write_patch(path, texts[path], text) for path, text in sorted(changed.items()))
    files = {
        "sources.patch": patch,
        "proposal.json": json.dumps(proposal, ensure_ascii=False, indent=1) + "\n",
        "proposal.md": write_remarks_text(proposal),
    }
    encoded = {path.removeprefix("sources/"): text.encode("utf-8") for path, text in changed.items()}
    return ImportedFiles(proposal, files, encoded)


def ask_of(
    note: str,
    file: ReturnedFile,
    house_files: Mapping[str, bytes],
    styles: str,
    targets: Sequence[Target],
    day: str,
) -> tuple[Asked, Texts]:
    """Ask what a file wants, beside the file that the house makes of its version; and give that version's texts."""
    target = next(target for target in targets if target.tag == file.language)
    version = file.version
    now = compose_version(note, version.raw, house_files, [target])
    derived, document, places = _read_version(now, file)
    house = read_house(target.tag, house_files, target.locale)
    texts = _decode(version.raw, targets, {target.tag})
    texts |= {path: content.decode("utf-8") for path, content in version.frozen.items() if path.endswith(TABLES)}
    is_source = target.tag == target.source
    prose = {} if is_source else _decode(version.raw, targets, {target.source}, ())
    printed = add_ways_back(document, file.reading)
    base = Base(printed, places, texts, is_source, prose)
    sent = read_docx("base.docx", write_bare(printed, house.labels, styles))
    language = _read_language(house, document.metadata.language, version.raw)
    asked = ask_of_file(base, sent, file.reading, derived["figures"], day, language)
    asked = replace(asked, title=document.metadata.title)
    told = file.reading.properties.get("document", "")
    if told and not file.reading.properties.get("versions") and told != hash_document(document):
        asked = doubt_untracked(asked)
    if version.frozen:
        doubt = f"read beside {version.name}, which keeps no prose: what the sources say otherwise now is left to you"
        asked = replace(asked, doubts=(*asked.doubts, doubt))
    return asked, list_own_texts(texts)


def _read_language(house: House, locale: str, raw: Mapping[str, bytes]) -> Language:
    """Read how a language writes, with the hedges and units of a version."""
    sources = {f"sources/common/{name}": raw[f"common/{name}"] for name in SHARED}
    tables = [read_yaml(name, decode_source(name, content), plain=False) for name, content in sources.items()]
    return Language(house.tag, locale, *localise_tables(house, *tables), house.grammar)


def _read_version(now: ComposedVersion, file: ReturnedFile) -> tuple[Derived, Document, dict[str, Place]]:
    """Read a version in the language of a file: its figures, its document, and where each piece of that is written.

    Of an edition that is where the sources say the same now, else line 0.
    """
    tag, frozen = file.language, file.version.frozen
    if f"{tag}.json" not in frozen if frozen else tag not in now.documents:
        message = f"this file is in {tag}, which its version {file.version.name} had no translation for"
        raise SourceError([Problem(file.reading.name, 1, 1, f"{message}; name another version: BASE=…")])
    own = {name: Place(*place) for name, place in now.findings[tag]["places"].items()} if tag in now.findings else {}
    if not frozen:
        return now.derived, now.documents[tag], own
    document = read_document(frozen[f"{tag}.json"].decode("utf-8"))
    places = {name: Place(place[0], 0) for name, place in json.loads(frozen[f"findings.{tag}.json"])["places"].items()}
    ours, theirs = (_list_said(each) if each else {} for each in (now.documents.get(tag), document))
    same = {said: name for name, said in ours.items() if name in own}
    found = {name: own[name if ours.get(name) == said else same[said]] for name, said in theirs.items() if said in same}
    return json.loads(frozen["derived.json"]), document, {**places, **found}


def _list_said(document: Document) -> dict[str, tuple[type, str]]:
    """List the kind and the words of each piece of a version that has an id."""
    pieces = [node for node in walk_nodes(document.blocks) if getattr(node, "id", "")]
    return {node.id: (type(node), get_text(getattr(node, "children", ()))) for node in pieces}


def guess_language(
    note: str,
    reading: WordReading,
    version: Version,
    house_files: Mapping[str, bytes],
    styles: str,
    targets: Sequence[Target],
) -> str:
    """Guess the language of a file that does not say it: that in which a version says most of its paragraphs."""
    frozen = version.frozen
    documents = (
        compose_version(note, version.raw, house_files, targets).documents
        if not frozen
        else {
            target.tag: read_document(frozen[f"{target.tag}.json"].decode("utf-8"))
            for target in targets
            if f"{target.tag}.json" in frozen
        }
    )
    said = {paragraph.text for paragraph in reading.paragraphs}
    counts = {}
    for target in targets:
        if document := documents.get(target.tag):
            labels = read_house(target.tag, house_files, target.locale).labels
            sent = read_docx("base.docx", write_bare(document, labels, styles))
            counts[target.tag] = sum(paragraph.text in said for paragraph in sent.paragraphs)
    return max(counts, key=lambda tag: counts[tag])


def list_untranslated(
    note: str, raw: Mapping[str, bytes], house_files: Mapping[str, bytes], targets: Sequence[Target]
) -> Iterator[str]:
    """List the messages of some sources that a catalogue does not translate, a line each, and how to go on.

    Of sources that cannot be read nothing is told; the build says what is wrong with them.
    """
    source = next(target for target in targets if target.tag == target.source)
    others = [target.tag for target in targets if target.tag != target.source]
    try:
        made = compose_version(note, raw, house_files, [source])
        catalogues = [
            read_catalogue(f"sources/{name}", raw.get(name))
            for name in [f"{note}/translations/{tag}.po" for tag in others]
        ]
    except SourceError:
        return
    messages = [decode_message(fields) for fields in made.findings[source.tag]["messages"]]
    count = 0
    for catalogue in catalogues:
        for message in messages:
            entry = catalogue.find(message.key)
            if entry is None or entry.fuzzy or not entry.text:
                count += 1
                yield f'{catalogue.file}: not translated, under "{message.context}": {shorten(message.text)}'
    if count:
        yield "make translate brings these into the catalogue; a release is not made until they are translated."


def write_remarks_page(proposal: ReturnProposal, templates: Mapping[str, str], fonts: Mapping[str, bytes]) -> str:
    """Write a proposal as a page."""
    said = {"titles": TITLES, "counts": count_kinds(proposal), "summary": summarise_remarks(proposal)}
    return fill_page(PAGE, templates, fonts, {"report": {**proposal, **said}}, SCRIPT)


def write_bare(document: Document, labels: Mapping[str, str], styles: str) -> bytes:
    """Write the Word file of a document without its pictures, its fonts and the pages of its contents."""
    charts = [node.image for node in walk_nodes(document.blocks) if isinstance(node, Chart)]
    images = {f"{name}.{kind}": b"" for name in charts for kind in ("svg", "png")}
    pages = {block.id: 0 for block in document.blocks if isinstance(block, Heading)}
    return write_docx(document, labels, images, {}, yaml.safe_load(styles), pages)


def _decode(
    raw: Mapping[str, bytes], targets: Sequence[Target], tags: Collection[str], tables: Sequence[str] = TABLES
) -> dict[str, str]:
    """Decode the texts that edits in some languages are written into, and the tables that items name, by path."""
    endings = [f"/translations/{target.tag}.po" for target in targets if target.tag in tags]
    endings += [".md"] if any(target.tag == target.source for target in targets if target.tag in tags) else []
    wanted = (*tables, *endings)
    own = {name: content for name, content in raw.items() if name.endswith(wanted) and not name.startswith("common/")}
    return {f"sources/{name}": content.decode("utf-8") for name, content in own.items()}
