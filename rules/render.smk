"""From approved documents to pictures, pages and Word files, and to their place under outputs/."""


rule draw_charts:
    input:
        document=rules.compose.output.document,
        figures=rules.derive.output[0],
        sources=rules.validate.output.sources,
        fonts=rules.cut_fonts.output[0],
    output:
        directory(f"{BUILD}/charts.{{language}}"),
    log:
        f"{LOG}/draw_charts.{{language}}.txt",
    params:
        code=code("draw_charts.py"),
        style=templates("charts.yaml"),
        house=house,
        templates=TEMPLATES,
        root=str(ROOT),
    message:
        "Draw the charts of {wildcards.note} ({wildcards.language})"
    script:
        "../scripts/draw_charts.py"


rule render:
    input:
        rules.approve.output,
        document=rules.compose.output.document,
        charts=rules.draw_charts.output[0],
        sources=rules.validate.output.sources,
        fonts=rules.cut_fonts.output[0],
    output:
        f"{BUILD}/{{note}}.{{language}}.{{kind}}",
    log:
        f"{LOG}/render.{{language}}.{{kind}}.txt",
    params:
        code=lambda wildcards: code(
            "render.py", f"briefing/writers/{FORMATS[wildcards.kind]}/format.py"
        ),
        house=house,
        looks=lambda wildcards: templates(*list_templates(wildcards.kind)),
        templates=TEMPLATES,
        locale=locale,
        languages=setting("languages"),
        formats=setting("formats"),
    message:
        "Write {wildcards.note}.{wildcards.language}.{wildcards.kind}"
    script:
        "../scripts/render.py"


MADE = of_note(
    [*rules.report.output, rules.compose.output.document, rules.render.output[0]]
)


rule manifest:
    input:
        version=rules.validate.output.version,
        outputs=MADE,
    output:
        f"{BUILD}/manifest.json",
    log:
        f"{LOG}/manifest.txt",
    params:
        code=code("manifest.py"),
        project=str(ROOT / "pyproject.toml"),
    message:
        "List what was made of {wildcards.note}"
    script:
        "../scripts/manifest.py"


rule deliver:
    input:
        rules.approve.output,
        files=lambda wildcards: complete(
            wildcards,
            [*rules.manifest.output, *MADE(wildcards)],
            "outputs/{note}",
        ),
        # Markdown holds no pictures, but names them.
        folders=lambda wildcards: (
            of_note(rules.draw_charts.output[0])(wildcards)
            if "md" in NOTES[wildcards.note].formats
            else []
        ),
    output:
        f"{BUILD}/delivered.json",
    log:
        f"{LOG}/deliver.txt",
    params:
        code=code("deliver.py"),
        place="outputs/{note}",
    message:
        "Put {wildcards.note} in its place"
    script:
        "../scripts/deliver.py"
