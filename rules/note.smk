"""From the sources of a note to documents that may be rendered, and to catalogues that are up to date."""

LANGUAGES = config[
    "languages"
]  # the first is the source language; the report is made from it
POLICY = {"staleness": "warning", **config["checks"]}
RELEASE = config.get("translation", "release") == "release"
DOCUMENTS = each(f"{BUILD}/{{note}}.{{language}}.json", language=LANGUAGES)
FINDINGS = each(f"{BUILD}/findings.{{language}}.json", language=LANGUAGES)


rule validate:
    output:
        sources=directory(f"{BUILD}/sources"),
        snapshot=f"{BUILD}/snapshot.pickle",
        version=f"{BUILD}/version.json",
        findings=f"{BUILD}/findings.json",
    params:
        code=code("validate.py"),
        digest=sources,
        sources=SOURCES,
        policy=POLICY,
    message:
        "Check the sources of {wildcards.note}"
    script:
        "../scripts/validate.py"


rule derive:
    input:
        snapshot=rules.validate.output.snapshot,
        findings=rules.validate.output.findings,
    output:
        f"{BUILD}/derived.json",
    params:
        code=code("derive.py"),
    message:
        "Derive the figures of {wildcards.note}"
    script:
        "../scripts/derive.py"


rule compose:
    input:
        snapshot=rules.validate.output.snapshot,
        figures=rules.derive.output[0],
    output:
        document=f"{BUILD}/{{note}}.{{language}}.json",
        findings=f"{BUILD}/findings.{{language}}.json",
    params:
        code=code("compose.py"),
        house=house,
        templates=TEMPLATES,
        source=LANGUAGES[0],
        locale=locale,
        release=RELEASE,
    message:
        "Compose {wildcards.note} ({wildcards.language})"
    script:
        "../scripts/compose.py"


rule translate:
    input:
        snapshot=rules.validate.output.snapshot,
        findings=FINDINGS[0],
    output:
        touch(f"{BUILD}/translated.txt"),
    params:
        code=code("translate.py"),
        templates=TEMPLATES,
        sources=SOURCES,
        source=LANGUAGES[0],
        languages=LANGUAGES[1:],
    message:
        "Refresh the catalogues of {wildcards.note}"
    script:
        "../scripts/translate.py"


rule report:
    input:
        snapshot=rules.validate.output.snapshot,
        figures=rules.derive.output[0],
        documents=DOCUMENTS,
        findings=FINDINGS,
    output:
        report=f"{BUILD}/report.json",
        page=f"{BUILD}/report.html",
        figures_json=f"{BUILD}/figures.json",
        figures_csv=f"{BUILD}/figures.csv",
    params:
        code=code("report.py"),
        house=house,
        page=templates("report.html.j2"),
        templates=TEMPLATES,
        languages=LANGUAGES,
        policy=POLICY,
    message:
        "Report on {wildcards.note}"
    script:
        "../scripts/report.py"


rule approve:
    input:
        report=rules.report.output.report,
        page=rules.report.output.page,
    output:
        f"{BUILD}/approved.txt",
    params:
        code=code("approve.py"),
    message:
        "Hold {wildcards.note} against its checks"
    script:
        "../scripts/approve.py"
