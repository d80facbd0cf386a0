"""Versions of a note: editions that are published, and versions that are taken again, from an edition or from git."""

TAKEN = f"{BUILD}/versions/{{version}}"
EDITION = f"{BUILD}/editions/{{version}}"


def edition(wildcards):
    """Find the folder of a published edition, if the version is one."""
    return find_edition(Path(SOURCES), wildcards.note, wildcards.version)


def commit(wildcards):
    """Find the commit that a version names, if it is neither the working tree nor an edition."""
    return find_commit(Path(SOURCES), wildcards.note, wildcards.version)


rule publish:
    input:
        rules.approve.output,
        report=rules.report.output.report,
        figures=rules.report.output.figures_json,
        derived=rules.derive.output[0],
        documents=of_note(rules.compose.output.document),
        findings=of_note(rules.compose.output.findings),
        sources=rules.validate.output.sources,
    output:
        touch(f"{BUILD}/published.txt"),
    log:
        f"{LOG}/publish.txt",
    params:
        code=code("publish.py"),
        languages=setting("languages"),
        sources=SOURCES,
    message:
        "Publish {wildcards.note}"
    script:
        "../scripts/publish.py"


rule take_version:
    input:
        # A commit is read from git, whatever the working tree holds; an edition is known by its hash.
        sources=lambda wildcards: (
            rules.validate.output.sources if wildcards.version == NOW else []
        ),
    output:
        sources=directory(f"{TAKEN}/sources"),
        figures=f"{TAKEN}/derived.json",
        documents=each(f"{TAKEN}/{{language}}.json"),
        findings=each(f"{TAKEN}/findings.{{language}}.json"),
    log:
        f"{LOG}/take_version.{{version}}.txt",
    params:
        code=code("take_version.py"),
        house=all_house,
        templates=TEMPLATES,
        sources=SOURCES,
        languages=setting("languages"),
        filled=LANGUAGES,
        locales=setting("typography"),
        commit=commit,
        edition=edition,
        digest=lambda wildcards: edition(wildcards)
        and hash_paths(Path(), list_files(edition(wildcards))),
    message:
        "Take the version {wildcards.version} of {wildcards.note}"
    script:
        "../scripts/take_version.py"


use rule draw_charts as draw_version_charts with:
    input:
        document=f"{TAKEN}/{{language}}.json",
        figures=rules.take_version.output.figures,
        sources=rules.take_version.output.sources,
        fonts=rules.cut_fonts.output[0],
    output:
        directory(f"{BUILD}/charts.{{version}}.{{language}}"),
    log:
        f"{LOG}/draw_version_charts.{{version}}.{{language}}.txt",
    message:
        "Draw the charts of {wildcards.note} as of {wildcards.version} ({wildcards.language})"


use rule render as render_version with:
    input:
        document=f"{TAKEN}/{{language}}.json",
        charts=rules.draw_version_charts.output[0],
        sources=rules.take_version.output.sources,
        fonts=rules.cut_fonts.output[0],
    output:
        f"{EDITION}/{{note}}.{{language}}.{{kind}}",
    log:
        f"{LOG}/render_version.{{version}}.{{language}}.{{kind}}.txt",
    message:
        "Write {wildcards.note}.{wildcards.language}.{wildcards.kind} as of {wildcards.version}"


use rule deliver as deliver_version with:
    input:
        files=lambda wildcards: complete(
            wildcards,
            of_note(rules.render_version.output[0])(wildcards),
            "outputs/{note}/editions/{version}",
        ),
    output:
        f"{EDITION}/delivered.json",
    log:
        f"{LOG}/deliver_version.{{version}}.txt",
    params:
        code=code("deliver.py"),
        place="outputs/{note}/editions/{version}",
    message:
        "Put the edition {wildcards.version} of {wildcards.note} in its place"


rule measure_pages:
    input:
        document=f"{TAKEN}/{{language}}.json",
        charts=rules.draw_version_charts.output[0],
        fonts=rules.cut_fonts.output[0],
    output:
        f"{BUILD}/pages.{{version}}.{{language}}.json",
    log:
        f"{LOG}/measure_pages.{{version}}.{{language}}.txt",
    params:
        code=code("measure_pages.py"),
        house=house,
        looks=templates(*list_templates("docx")),
        templates=TEMPLATES,
        locale=locale,
    message:
        "Measure the pages of {wildcards.note} as of {wildcards.version} ({wildcards.language})"
    script:
        "../scripts/measure_pages.py"
