"""From the sources of a note to documents that may be rendered, and to catalogues that are up to date."""


rule cut_fonts:
    output:
        directory("build/fonts"),
    log:
        "build/log/cut_fonts.txt",
    params:
        code=code("cut_fonts.py"),
        root=str(ROOT),
    message:
        "Cut the fonts"
    script:
        "../scripts/cut_fonts.py"


rule validate:
    output:
        sources=directory(f"{BUILD}/sources"),
        snapshot=f"{BUILD}/snapshot.pickle",
        version=f"{BUILD}/version.json",
        findings=f"{BUILD}/findings.json",
    log:
        f"{LOG}/validate.txt",
    params:
        code=code("validate.py"),
        digest=sources,
        sources=SOURCES,
        policy=setting("policy"),
        unfit=lambda wildcards: [
            encode_problem(problem) for problem in NOTES[wildcards.note].problems
        ],
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
    log:
        f"{LOG}/derive.txt",
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
    log:
        f"{LOG}/compose.{{language}}.txt",
    params:
        code=code("compose.py"),
        house=house,
        templates=TEMPLATES,
        source=setting("source"),
        locale=locale,
        release=setting("is_release"),
    message:
        "Compose {wildcards.note} ({wildcards.language})"
    script:
        "../scripts/compose.py"


rule translate:
    input:
        snapshot=rules.validate.output.snapshot,
        findings=lambda wildcards: of_note(rules.compose.output.findings)(wildcards)[0],
    output:
        touch(f"{BUILD}/translated.txt"),
    log:
        f"{LOG}/translate.txt",
    params:
        code=code("translate.py"),
        templates=TEMPLATES,
        sources=SOURCES,
        source=setting("source"),
        languages=lambda wildcards: NOTES[wildcards.note].languages[1:],
    message:
        "Refresh the catalogues of {wildcards.note}"
    script:
        "../scripts/translate.py"


rule report:
    input:
        snapshot=rules.validate.output.snapshot,
        figures=rules.derive.output[0],
        documents=of_note(rules.compose.output.document),
        findings=of_note(rules.compose.output.findings),
        fonts=rules.cut_fonts.output[0],
    output:
        report=f"{BUILD}/report.json",
        page=f"{BUILD}/report.html",
        figures_json=f"{BUILD}/figures.json",
        figures_csv=f"{BUILD}/figures.csv",
    log:
        f"{LOG}/report.txt",
    params:
        code=code("report.py"),
        house=house,
        page=templates(*REPORT_TEMPLATES),
        templates=TEMPLATES,
        languages=setting("languages"),
        policy=setting("policy"),
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
    log:
        f"{LOG}/approve.txt",
    params:
        code=code("approve.py"),
    message:
        "Hold {wildcards.note} against its checks"
    script:
        "../scripts/approve.py"
