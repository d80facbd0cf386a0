"""The workflow of the notes, in the order in which the data travels."""

import hashlib
import json
import shlex
import subprocess
import sys
from pathlib import Path

from snakemake.exceptions import WorkflowError
from snakemake.utils import min_version

min_version("9.27")


ROOT = Path(workflow.basedir)
SOURCES = Path("sources")
sys.path.insert(0, str(ROOT / "scripts"))
# Snakemake puts the name of the Python that runs a script into a shell command as it is, without quotes.
sys.executable = shlex.quote(sys.executable)

from briefing.workflow.files import list_files, list_locales
from briefing.workflow.imports import list_modules
from briefing.formats.text import decode_source
from briefing.formats.yaml_source import read_yaml
from briefing.problems import SourceError
from briefing.workflow.config import check_config
from keep_outputs import keep_outputs

keep_outputs()


def read_checked(path, name):
    """Read a settings file that has to be plain YAML; Snakemake would take a key that stands twice without a word."""
    text = decode_source(name, path.read_bytes()) if path.is_file() else ""
    return text, read_yaml(name, text) if text else {}


try:
    written, _ = read_checked(Path("config.yaml"), "config.yaml")
except SourceError as error:
    raise WorkflowError(str(error))


configfile: "config.yaml"


try:  # Snakemake's own validate() imports pandas for it, and does not say where the error is
    locales = list_locales(ROOT / "templates/languages")
    notes = {path.parent.name for path in SOURCES.glob("*/note.yaml")}
    _, schema = read_checked(ROOT / "config.schema.yaml", "config.schema.yaml")
    check_config(config, "config.yaml", written, schema, locales, notes)
except SourceError as error:
    raise WorkflowError(str(error))

NOTE = "outputs/{note}"
POLICY = {"staleness": "warning", **config["checks"]}
LANGUAGE = config["languages"][0]  # the source language; the report is made from it
LOCALES = config.get(
    "typography", {}
)  # what each other language is set by; without one, by its first profile
RELEASE = config.get("translation", "release") == "release"
TOOLS = [
    "babel",
    "citeproc-py",
    "fonttools",
    "frictionless",
    "jinja2",
    "markdown-it-py",
    "matplotlib",
    "num2words",
]
TOOLS += ["pandas", "python-docx", "snakemake", "weasyprint"]


UNKNOWN = "unknown"
VERSION = r"(?:(?!\.\.)[A-Za-z0-9._~^-])+"


wildcard_constraints:
    note="[a-z][a-z0-9-]*",
    version=VERSION,
    base=VERSION,
    head=VERSION,
    kind="html|pdf|docx",
    language="[a-z]{2,3}",


def code(step):
    """List the modules that a step imports, and the lock file of the libraries: Snakemake sees only the script."""
    modules = list_modules(ROOT / "scripts" / f"{step}.py")
    return [str(path) for path in (*modules, ROOT / "uv.lock")]


def template(name):
    """Name a template. Snakemake takes what was made of a missing one for up to date, so that must be told here."""
    path = ROOT / "templates" / name
    if not path.is_file():
        raise WorkflowError(f"{path}:1:1: this file is missing; restore it")
    return str(path)


def list_sources(wildcards):
    """List the source files of a note, with those that all notes share."""
    folders = [SOURCES / "common", SOURCES / wildcards.note]
    paths = [path for folder in folders for path in list_files(folder)]
    # A published edition is a source of reviews, not of the note.
    return [str(path) for path in paths if "editions" not in path.parts]


def find_locale(wildcards):
    """Find the locale that the language of a rule is set by; none for the source language, whose note says it."""
    return LOCALES.get(wildcards.language, "")


def find_edition(wildcards):
    """Find the folder of a published edition, if the version is one."""
    folder = SOURCES / wildcards.note / "editions" / wildcards.version
    return str(folder) if folder.is_dir() else ""


def find_commit(wildcards):
    """Find the commit that a version names, if it is neither the working tree nor an edition."""
    if wildcards.version == "now" or find_edition(wildcards):
        return ""
    command = [
        "git",
        "rev-parse",
        "--verify",
        "--quiet",
        f"{wildcards.version}^{{commit}}",
    ]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    # That there is none is told by the step, in an editor's words.
    return found.stdout.strip() or UNKNOWN


def list_version(wildcards):
    """List what a version is read from: the snapshot of the working tree, or the files of an edition.

    A commit is read from git, whatever the working tree holds.
    """
    if wildcards.version == "now":
        return [f"outputs/{wildcards.note}/sources"]
    edition = find_edition(wildcards)
    return [str(path) for path in list_files(edition)] if edition else []


def hash_sources(wildcards):
    """Hash the sources, so that a change is seen whatever the dates of the files."""
    digest = hashlib.sha256()
    for path in list_sources(wildcards):
        digest.update(
            path.encode() + b"\0" + hashlib.sha256(Path(path).read_bytes()).digest()
        )
    return digest.hexdigest()


def describe_note(note):
    """Say what was made of a note; the files are read only once the build has ended.

    Nothing is said of a note of which only some files were asked for.
    """
    from briefing.workflow.outcome import describe_outcome

    folder = NOTE.format(note=note)
    manifest, report = (
        json.loads(Path(folder, name).read_text("utf-8"))
        for name in ("manifest.json", "report.json")
    )
    return describe_outcome(folder, manifest, report)


def house(wildcards):
    """List the files of the house's texts in the language of a rule, with those of the source language."""
    names = ["labels.en.yaml", "languages/schema.yaml", f"languages/{LANGUAGE}.yaml"]
    if wildcards.language != LANGUAGE:
        names += [
            f"languages/{wildcards.language}.yaml",
            f"translations/{wildcards.language}.po",
        ]
    return [template(name) for name in names]


# A version taken from an edition or from git, and the places in its folder.
VERSIONED = f"{NOTE}/editions/{{version}}/{{note}}.{{language}}"
PLACES = {
    "document": lambda wildcards, input: f"{input.version}/{wildcards.language}.json",
    "figures": lambda wildcards, input: f"{input.version}/derived.json",
    "snapshot": lambda wildcards, input: f"{input.version}/sources",
}


def list_pages(wildcards):
    """List the measured pages of both versions, which the contents of a redline in Word tell."""
    names = [wildcards.base, wildcards.head] if wildcards.kind == "docx" else []
    return [
        f"outputs/{wildcards.note}/pages.{name}.{wildcards.language}.json"
        for name in names
    ]


REVIEW = f"{NOTE}/review/{{base}}..{{head}}"
REDLINE_TEMPLATES = ["note.html.j2", "screen.css", "print.css", "popover.js", "pdf.css"]
REDLINE_TEMPLATES += [
    "causes.css",
    "redline.css",
    "redline-screen.css",
    "redline-pdf.css",
    "docx.yaml",
]
PAGE_PAIR_TEMPLATES = ["note.html.j2", "pdf.css", "causes.css", "page-boxes.css"]
PAGE_PAIR_TEMPLATES += ["page-pairs.html.j2"]


def list_house(wildcards):
    """List the files of the house's texts in all languages, whose catalogues `make translate` makes."""
    tables = [f"languages/{name}.yaml" for name in ("schema", *config["languages"])]
    catalogues = [f"translations/{lang}.po" for lang in config["languages"][1:]]
    return [template(name) for name in ("labels.en.yaml", *tables, *catalogues)]


# What is composed and counted is a draft until the checks hold; only then does it get its final name.
DRAFT = f"{NOTE}/draft"
DOCUMENTS = [f"{{note}}.{lang}.json" for lang in config["languages"]]
APPROVED = ["figures.json", "figures.csv", *DOCUMENTS]
EDITIONS = [
    f"{NOTE}/{{note}}.{lang}.{kind}"
    for lang in config["languages"]
    for kind in config["formats"]
]


localrules:
    all,


rule all:
    input:
        expand(f"{NOTE}/manifest.json", note=config["notes"]),


rule validate:
    input:
        code("validate"),
        list_sources,
    output:
        snapshot=directory(f"{NOTE}/sources"),
        version=f"{NOTE}/version.json",
    params:
        sources=str(SOURCES),
        digest=hash_sources,
        policy=POLICY,
    message:
        "Check the sources of {wildcards.note}"
    script:
        "scripts/validate.py"


rule derive:
    input:
        code("derive"),
        snapshot=rules.validate.output.snapshot,
    output:
        f"{NOTE}/derived.json",
    message:
        "Derive the figures of {wildcards.note}"
    script:
        "scripts/derive.py"


rule compose:
    input:
        code("compose"),
        snapshot=rules.validate.output.snapshot,
        version=rules.validate.output.version,
        figures=rules.derive.output[0],
        house=house,
    output:
        document=f"{DRAFT}/{{note}}.{{language}}.json",
        findings=f"{NOTE}/findings.{{language}}.json",
    params:
        source=LANGUAGE,
        locale=find_locale,
        release=RELEASE,
        templates=str(ROOT / "templates"),
    message:
        "Compose {wildcards.note} ({wildcards.language})"
    script:
        "scripts/compose.py"


rule translate:
    input:
        code("translate"),
        findings=f"{NOTE}/findings.{LANGUAGE}.json",
        snapshot=rules.validate.output.snapshot,
        house=[
            template(f"languages/{name}.yaml")
            for name in ("schema", *config["languages"])
        ],
        labels=template("labels.en.yaml"),
    output:
        touch(f"{NOTE}/translated.txt"),
    params:
        source=LANGUAGE,
        languages=config["languages"][1:],
        sources=str(SOURCES),
        templates=str(ROOT / "templates"),
    message:
        "Refresh the catalogues of {wildcards.note}"
    script:
        "scripts/translate.py"


rule report:
    input:
        code("report"),
        snapshot=rules.validate.output.snapshot,
        figures=rules.derive.output[0],
        documents=[f"{DRAFT}/{name}" for name in DOCUMENTS],
        findings=[f"{NOTE}/findings.{lang}.json" for lang in config["languages"]],
        house=[
            template(name)
            for name in (
                "labels.en.yaml",
                "languages/schema.yaml",
                f"languages/{LANGUAGE}.yaml",
            )
        ],
        template=template("report.html.j2"),
    output:
        report=f"{NOTE}/report.json",
        page=f"{NOTE}/report.html",
        figures_json=f"{DRAFT}/figures.json",
        figures_csv=f"{DRAFT}/figures.csv",
    params:
        language=LANGUAGE,
        policy=POLICY,
        templates=str(ROOT / "templates"),
    message:
        "Report on {wildcards.note}"
    script:
        "scripts/report.py"


rule approve:
    input:
        code("approve"),
        report=rules.report.output.report,
        page=rules.report.output.page,
        drafts=[f"{DRAFT}/{name}" for name in APPROVED],
    output:
        approved=f"{NOTE}/approved.txt",
        finals=[f"{NOTE}/{name}" for name in APPROVED],
    message:
        "Hold {wildcards.note} against its checks"
    script:
        "scripts/approve.py"


rule cut_fonts:
    input:
        code("cut_fonts"),
    output:
        directory("outputs/fonts"),
    message:
        "Cut the fonts"
    script:
        "scripts/cut_fonts.py"


rule draw_charts:
    input:
        code("draw_charts"),
        document=f"{NOTE}/{{note}}.{{language}}.json",
        figures=rules.derive.output[0],
        snapshot=rules.validate.output.snapshot,
        fonts=rules.cut_fonts.output[0],
        style=template("charts.yaml"),
    output:
        directory(f"{NOTE}/charts.{{language}}"),
    message:
        "Draw the charts of {wildcards.note} ({wildcards.language})"
    script:
        "scripts/draw_charts.py"


rule render_html:
    input:
        code("render_html"),
        document=f"{NOTE}/{{note}}.{{language}}.json",
        charts=rules.draw_charts.output[0],
        fonts=rules.cut_fonts.output[0],
        house=house,
        templates=[
            template(name)
            for name in ("note.html.j2", "screen.css", "print.css", "popover.js")
        ],
    output:
        f"{NOTE}/{{note}}.{{language}}.html",
    params:
        templates=str(ROOT / "templates"),
        locale=find_locale,
    message:
        "Write {output}"
    script:
        "scripts/render_html.py"


rule render_pdf:
    input:
        code("render_pdf"),
        document=f"{NOTE}/{{note}}.{{language}}.json",
        charts=rules.draw_charts.output[0],
        fonts=rules.cut_fonts.output[0],
        house=house,
        snapshot=rules.validate.output.snapshot,
        templates=[template(name) for name in ("note.html.j2", "pdf.css")],
    output:
        f"{NOTE}/{{note}}.{{language}}.pdf",
    params:
        templates=str(ROOT / "templates"),
        locale=find_locale,
    message:
        "Write {output}"
    script:
        "scripts/render_pdf.py"


rule render_docx:
    input:
        code("render_docx"),
        document=f"{NOTE}/{{note}}.{{language}}.json",
        charts=rules.draw_charts.output[0],
        fonts=rules.cut_fonts.output[0],
        house=house,
        styles=template("docx.yaml"),
    output:
        f"{NOTE}/{{note}}.{{language}}.docx",
    params:
        templates=str(ROOT / "templates"),
        locale=find_locale,
    message:
        "Write {output}"
    script:
        "scripts/render_docx.py"


rule manifest:
    input:
        code("manifest"),
        version=rules.validate.output.version,
        outputs=[
            rules.report.output.report,
            rules.report.output.page,
            *rules.approve.output.finals,
            *EDITIONS,
        ],
    output:
        f"{NOTE}/manifest.json",
    params:
        tools=TOOLS,
    message:
        "List what was made of {wildcards.note}"
    script:
        "scripts/manifest.py"


rule publish:
    input:
        code("publish"),
        report=rules.report.output.report,
        figures=f"{NOTE}/figures.json",
        derived=rules.derive.output[0],
        documents=[f"{NOTE}/{name}" for name in DOCUMENTS],
        findings=[f"{NOTE}/findings.{lang}.json" for lang in config["languages"]],
        snapshot=rules.validate.output.snapshot,
    output:
        touch(f"{NOTE}/published.txt"),
    params:
        languages=config["languages"],
        sources=str(SOURCES),
    message:
        "Publish {wildcards.note}"
    script:
        "scripts/publish.py"


rule take_version:
    input:
        code("take_version"),
        list_version,
        house=list_house,
    output:
        directory(f"{NOTE}/versions/{{version}}"),
    params:
        source=LANGUAGE,
        languages=config["languages"],
        locales=LOCALES,
        templates=str(ROOT / "templates"),
        edition=find_edition,
        commit=find_commit,
        unknown=UNKNOWN,
        sources=str(SOURCES),
        snapshot=f"{NOTE}/sources",
    message:
        "Take the version {wildcards.version} of {wildcards.note}"
    script:
        "scripts/take_version.py"


rule draw_version_charts:
    input:
        code("draw_charts"),
        version=rules.take_version.output[0],
        fonts=rules.cut_fonts.output[0],
        style=template("charts.yaml"),
    output:
        directory(f"{NOTE}/charts.{{version}}.{{language}}"),
    params:
        **PLACES,
    message:
        "Draw the charts of {wildcards.note} as of {wildcards.version} ({wildcards.language})"
    script:
        "scripts/draw_charts.py"


use rule render_html as render_version_html with:
    input:
        code("render_html"),
        version=rules.take_version.output[0],
        charts=rules.draw_version_charts.output[0],
        fonts=rules.cut_fonts.output[0],
        house=house,
        templates=rules.render_html.input.templates,
    output:
        f"{VERSIONED}.html",
    params:
        **PLACES,
        templates=str(ROOT / "templates"),
        locale=find_locale,


use rule render_pdf as render_version_pdf with:
    input:
        code("render_pdf"),
        version=rules.take_version.output[0],
        charts=rules.draw_version_charts.output[0],
        fonts=rules.cut_fonts.output[0],
        house=house,
        templates=rules.render_pdf.input.templates,
    output:
        f"{VERSIONED}.pdf",
    params:
        **PLACES,
        templates=str(ROOT / "templates"),
        locale=find_locale,


use rule render_docx as render_version_docx with:
    input:
        code("render_docx"),
        version=rules.take_version.output[0],
        charts=rules.draw_version_charts.output[0],
        fonts=rules.cut_fonts.output[0],
        house=house,
        styles=rules.render_docx.input.styles,
    output:
        f"{VERSIONED}.docx",
    params:
        **PLACES,
        templates=str(ROOT / "templates"),
        locale=find_locale,


rule measure_pages:
    input:
        code("measure_pages"),
        version=rules.take_version.output[0],
        charts=rules.draw_version_charts.output[0],
        fonts=rules.cut_fonts.output[0],
        house=house,
        styles=template("docx.yaml"),
    output:
        f"{NOTE}/pages.{{version}}.{{language}}.json",
    params:
        **PLACES,
        templates=str(ROOT / "templates"),
        locale=find_locale,
    message:
        "Measure the pages of {wildcards.note} as of {wildcards.version} ({wildcards.language})"
    script:
        "scripts/measure_pages.py"


rule compare:
    input:
        code("compare"),
        base=f"{NOTE}/versions/{{base}}",
        head=f"{NOTE}/versions/{{head}}",
        hedges=str(SOURCES / "common/hedges.yaml"),
        units=str(SOURCES / "common/units.yaml"),
        house=list_house,
        template=template("impact.html.j2"),
    output:
        json=f"{REVIEW}/changes.json",
        csv=f"{REVIEW}/changes.csv",
        md=f"{REVIEW}/changes.md",
        html=f"{REVIEW}/changes.html",
        redlines=[f"{REVIEW}/redline.{lang}.json" for lang in config["languages"]],
    params:
        source=LANGUAGE,
        languages=config["languages"],
        templates=str(ROOT / "templates"),
    message:
        "Compare {wildcards.base} and {wildcards.head} of {wildcards.note}"
    script:
        "scripts/compare.py"


rule render_redline:
    input:
        code("render_redline"),
        redline=f"{REVIEW}/redline.{{language}}.json",
        old_charts=f"{NOTE}/charts.{{base}}.{{language}}",
        new_charts=f"{NOTE}/charts.{{head}}.{{language}}",
        fonts=rules.cut_fonts.output[0],
        pages=list_pages,
        house=house,
        templates=[template(name) for name in REDLINE_TEMPLATES],
    output:
        f"{REVIEW}/redline.{{language}}.{{kind}}",
    params:
        templates=str(ROOT / "templates"),
        locale=find_locale,
    message:
        "Write {output}"
    script:
        "scripts/render_redline.py"


rule render_page_pairs:
    input:
        code("render_page_pairs"),
        redline=f"{REVIEW}/redline.{{language}}.json",
        old_charts=f"{NOTE}/charts.{{base}}.{{language}}",
        new_charts=f"{NOTE}/charts.{{head}}.{{language}}",
        fonts=rules.cut_fonts.output[0],
        house=house,
        templates=[template(name) for name in PAGE_PAIR_TEMPLATES],
    output:
        f"{REVIEW}/pages.{{language}}.pdf",
    params:
        templates=str(ROOT / "templates"),
        locale=find_locale,
    message:
        "Write {output}"
    script:
        "scripts/render_page_pairs.py"


onsuccess:
    asked = set(workflow.dag_settings.targets)
    for note in config["notes"]:
        manifest = f"outputs/{note}/manifest.json"
        if asked <= {"all", manifest} and Path(manifest).is_file():
            print(describe_note(note))
