"""What the rules share: names of folders, and what people write, as hashes that Snakemake compares."""

import json

from snakemake.exceptions import WorkflowError

from briefing.language.house_names import list_house_files
from briefing.problems import SourceError
from briefing.workflow.delivery import is_disturbed
from briefing.workflow.fingerprints import (
    hash_code,
    hash_paths,
    hash_templates,
    list_sources,
)
from briefing.workflow.leftovers import (
    RECORD,
    forget_broken_deliveries,
    forget_broken_versions,
    forget_what_follows,
)
from briefing.workflow.requests import VERSION_NAME
from briefing.workflow.revisions import NOW, find_commit, find_edition
from briefing.workflow.files import list_files
from briefing.writers import FORMATS
from briefing.writers.material import list_templates
from briefing.writers.pdf import PAGE_PAIR_TEMPLATES

SOURCES = "sources"
TEMPLATES = str(ROOT / "templates")
BUILD = "build/{note}"


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
    return house_texts(LANGUAGES[0], wildcards.get("language", LANGUAGES[0]))


def all_house(wildcards):
    """Hash the house's texts in all languages."""
    return house_texts(*LANGUAGES)


def house_texts(*languages):
    """Hash the house's texts in some languages, each file once."""
    files = [name for language in languages for name in list_house_files(language)]
    return templates(*dict.fromkeys(files))


def sources(wildcards):
    """Hash the sources of a note."""
    return tell(hash_paths, Path(), list_sources(Path(SOURCES), wildcards.note))


def locale(wildcards):
    """Find the locale that the language of a rule is set by; none for the source language, whose note says it."""
    return config.get("typography", {}).get(wildcards.language, "")


def each(pattern, **values):
    """Expand a pattern by languages or formats, and leave the wildcards of the rule."""
    return expand(pattern, **values, allow_missing=True)


def complete(wildcards, files, place):
    """List the files of a delivery; where one that was delivered is gone or changed, it has to be made again."""
    record = Path(files[0].format(**wildcards)).parent / RECORD
    if record.is_file() and is_disturbed(
        Path(place.format(**wildcards)), json.loads(record.read_text("utf-8"))
    ):
        record.unlink()
    return files


def describe_note(note):
    """Say what was made of a note; the files are read only once the build has ended."""
    from briefing.workflow.outcome import describe_outcome

    folder = Path("outputs", note)
    manifest, report = (
        json.loads((folder / name).read_text("utf-8"))
        for name in ("manifest.json", "report.json")
    )
    return describe_outcome(folder.as_posix(), manifest, report)


def forget_leftovers(note):
    """Forget what was made of a note from files that are no more, as a build that failed leaves them."""
    common = [
        rules.validate.output,
        rules.derive.output,
        [*DOCUMENTS, *FINDINGS],
        rules.report.output,
    ]
    for language in LANGUAGES:
        pictures = expand(rules.draw_charts.output, note=note, language=language)
        files = expand(
            rules.render.output, note=note, language=language, kind=config["formats"]
        )
        made = [
            *(expand([*paths], note=note) for paths in (*common, rules.approve.output)),
            pictures,
            files,
        ]
        forget_what_follows([Path(path) for path in stage] for stage in made)
    build = Path(BUILD.format(note=note))
    names = ["sources", "derived.json", *(f"{language}.json" for language in LANGUAGES)]
    forget_broken_versions(build, names)
    forget_broken_deliveries(build)
