"""What the rules share: names of folders, and what people write, as hashes that Snakemake compares."""

import json

from snakemake.exceptions import WorkflowError

from briefing.language.house_names import list_house_files
from briefing.problems import SourceError, encode_problem
from briefing.report import TEMPLATES as REPORT_TEMPLATES
from briefing.review import TEMPLATES as REVIEW_TEMPLATES
from briefing.workflow.delivery import is_disturbed
from briefing.workflow.fingerprints import (
    hash_code,
    hash_paths,
    hash_templates,
    list_sources,
)
from briefing.workflow.folder_lock import FolderError, hold_as_job
from briefing.workflow.leftovers import (
    RECORD,
    forget_broken_deliveries,
    forget_broken_versions,
    forget_what_follows,
)
from briefing.workflow.config import read_all_settings
from briefing.workflow.requests import VERSION_NAME
from briefing.workflow.revisions import NOW, find_commit, find_edition
from briefing.workflow.files import list_files
from briefing.workflow.settings import list_all
from briefing.writers import FORMATS
from briefing.writers.material import list_templates
from briefing.writers.pdf import PAGE_PAIR_TEMPLATES

SOURCES = "sources"
TEMPLATES = str(ROOT / "templates")
BUILD = "build/{note}"
# So many notes are described at length once they are made.
FEW = 3
# What a step says of what is wrong, which the progress shows once the others have ended.
LOG = f"{BUILD}/log"
NOTES = read_all_settings(Path(), ROOT, config)
# What versions are taken in, and compared: the languages of all notes.
LANGUAGES = list_all(note.languages for note in NOTES.values())


def setting(name):
    """Give what reads a setting of the note of a rule."""
    return lambda wildcards: getattr(NOTES[wildcards.note], name)


def in_all_languages(wildcards):
    """List the languages of a note, and after them those of the others, in which it has nothing."""
    return list_all([NOTES[wildcards.note].languages, LANGUAGES])


def of_note(pattern):
    """Give what expands a pattern by the languages of a note, and by its formats."""

    def list_of_note(wildcards):
        note = NOTES[wildcards.note]
        values = {"language": note.languages, "kind": note.formats}
        return list_all([expand(pattern, **{**dict(wildcards.items()), **values})])

    return list_of_note


def tell(function, *arguments):
    """Call a function; what is wrong with what people write is told in their words, without a traceback."""
    try:
        return function(*arguments)
    except SourceError as error:
        raise WorkflowError(str(error))


def code(*modules):
    """Hash the scripts and modules of a step with all that they import."""
    return tell(hash_code, ROOT, *modules)


def templates(*names):
    """Hash templates."""
    return tell(hash_templates, ROOT, names)


def house(wildcards):
    """Hash the house's texts in the language of a rule, and in that of the sources."""
    source = NOTES[wildcards.note].source
    return house_texts(source, wildcards.get("language", source))


def all_house(wildcards):
    """Hash the house's texts in all languages."""
    return house_texts(*in_all_languages(wildcards))


def house_texts(*languages):
    """Hash the house's texts in some languages, each file once."""
    files = [name for language in languages for name in list_house_files(language)]
    return templates(*dict.fromkeys(files))


def sources(wildcards):
    """Hash the sources of a note."""
    return tell(hash_paths, Path(), list_sources(Path(SOURCES), wildcards.note))


def locale(wildcards):
    """Find the locale that the language of a rule is set by; none for the source language, whose note says it."""
    return NOTES[wildcards.note].typography.get(wildcards.language, "")


def each(pattern):
    """Expand a pattern by the languages of all notes, and leave the wildcards of the rule."""
    return expand(pattern, language=LANGUAGES, allow_missing=True)


def complete(wildcards, files, place):
    """List the files of a delivery; where one that was delivered is gone or changed, it has to be made again."""
    record = Path(files[0].format(**wildcards)).parent / RECORD
    if record.is_file() and is_disturbed(
        Path(place.format(**wildcards)), json.loads(record.read_text("utf-8"))
    ):
        record.unlink()
    return files


def describe_notes(asked, is_whole):
    """Say what was made of the notes that were asked for; the files are read only once the build has ended."""
    from briefing.workflow.outcome import describe_outcome, summarise_outcome

    places = {BUILD.format(note=note) + f"/{RECORD}": note for note in NOTES}
    if not set(asked) <= {"all", *places}:
        return  # single files, or what is none of outputs/<note>
    notes = [note for place, note in places.items() if {"all", place} & set(asked)]
    describe = describe_outcome if is_whole and len(notes) <= FEW else summarise_outcome
    for note in notes:
        if not is_whole:
            forget_leftovers(note)
        if not Path(BUILD.format(note=note), RECORD).is_file():
            continue  # what went wrong with it is told
        folder = Path("outputs", note)
        manifest, report = (
            json.loads((folder / name).read_text("utf-8"))
            for name in ("manifest.json", "report.json")
        )
        print(describe(folder.as_posix(), manifest, report), flush=True)


def forget_leftovers(note):
    """Forget what was made of a note from files that are no more, as a build that failed leaves them."""
    settings = NOTES[note]
    common = [
        expand([*paths], note=note, language=settings.languages)
        for paths in (
            rules.validate.output,
            rules.derive.output,
            rules.compose.output,
            rules.report.output,
            rules.approve.output,
        )
    ]
    for language in settings.languages:
        pictures = expand(rules.draw_charts.output, note=note, language=language)
        files = expand(
            rules.render.output, note=note, language=language, kind=settings.formats
        )
        made = [*common, pictures, files]
        forget_what_follows([Path(path) for path in stage] for stage in made)
    build = Path(BUILD.format(note=note))
    names = ["sources", "derived.json", *(f"{language}.json" for language in LANGUAGES)]
    forget_broken_versions(build, names)
    forget_broken_deliveries(build)
