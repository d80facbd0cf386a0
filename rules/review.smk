"""Two versions of a note side by side: what changed and why, and redlines in every language and format."""

REVIEW = f"{BUILD}/review/{{base}}..{{head}}"
PLACE = "outputs/{note}/review/{base}..{head}"
CHARTS = {
    "old_charts": f"{BUILD}/charts.{{base}}.{{language}}",
    "new_charts": f"{BUILD}/charts.{{head}}.{{language}}",
}


def taken(side):
    """List the files of one of the two versions."""
    files = [*rules.take_version.output.documents, *rules.take_version.output.findings]
    files += [rules.take_version.output.figures, rules.take_version.output.sources]
    return [path.replace("{version}", f"{{{side}}}") for path in files]


def pages(wildcards):
    """List the measured pages of both versions, which the contents of a redline in Word tell."""
    versions = [wildcards.base, wildcards.head] if wildcards.kind == "docx" else []
    return [f"{BUILD}/pages.{version}.{{language}}.json" for version in versions]


rule compare:
    input:
        base=taken("base"),
        head=taken("head"),
        fonts=rules.cut_fonts.output[0],
    output:
        json=f"{REVIEW}/changes.json",
        csv=f"{REVIEW}/changes.csv",
        md=f"{REVIEW}/changes.md",
        html=f"{REVIEW}/changes.html",
        redlines=each(f"{REVIEW}/redline.{{language}}.json"),
    log:
        f"{LOG}/compare.{{base}}..{{head}}.txt",
    # What an editor waits for comes first, and says so.
    priority: 1
    params:
        code=code("compare.py"),
        house=all_house,
        page=templates(*REVIEW_TEMPLATES),
        tables=lambda wildcards: hash_paths(
            Path(),
            [Path(SOURCES, "common", name) for name in ("hedges.yaml", "units.yaml")],
        ),
        shared=str(Path(SOURCES, "common")),
        commits=lambda wildcards: [
            find_commit(Path(SOURCES), wildcards.note, version)
            for version in (wildcards.base, wildcards.head)
        ],
        # Texts of the working tree are signed by the commits up to its last one; those of an edition by none.
        signed=lambda wildcards: find_commit(
            Path(SOURCES),
            wildcards.note,
            "HEAD" if wildcards.head == NOW else wildcards.head,
        ),
        policy=setting("policy"),
        locales=setting("typography"),
        base=f"{BUILD}/versions/{{base}}",
        head=f"{BUILD}/versions/{{head}}",
        templates=TEMPLATES,
        languages=in_all_languages,
        written=LANGUAGES,
    message:
        "Compare {wildcards.base} and {wildcards.head} of {wildcards.note}"
    script:
        "../scripts/compare.py"


rule render_redline:
    input:
        **CHARTS,
        redline=f"{REVIEW}/redline.{{language}}.json",
        pages=pages,
        fonts=rules.cut_fonts.output[0],
    output:
        f"{REVIEW}/redline.{{language}}.{{kind}}",
    log:
        f"{LOG}/render_redline.{{base}}..{{head}}.{{language}}.{{kind}}.txt",
    wildcard_constraints:
        kind="(?!json$)[a-z]+",
    params:
        code=lambda wildcards: code(
            "render_redline.py",
            f"briefing/writers/{FORMATS[wildcards.kind]}/format.py",
        ),
        house=house,
        looks=lambda wildcards: templates(*list_templates(wildcards.kind, redline=True)),
        templates=TEMPLATES,
        locale=locale,
    message:
        "Write the redline {wildcards.base}..{wildcards.head} ({wildcards.language}, {wildcards.kind})"
    script:
        "../scripts/render_redline.py"


rule render_page_pairs:
    input:
        **CHARTS,
        redline=f"{REVIEW}/redline.{{language}}.json",
        fonts=rules.cut_fonts.output[0],
    output:
        f"{REVIEW}/pages.{{language}}.pdf",
    log:
        f"{LOG}/render_page_pairs.{{base}}..{{head}}.{{language}}.txt",
    params:
        code=code("render_page_pairs.py"),
        house=house,
        looks=templates(*PAGE_PAIR_TEMPLATES),
        templates=TEMPLATES,
        locale=locale,
    message:
        "Set the pages of {wildcards.base} and {wildcards.head} side by side ({wildcards.language})"
    script:
        "../scripts/render_page_pairs.py"


rule deliver_review:
    input:
        files=lambda wildcards: complete(
            wildcards,
            [
                *rules.compare.output[:4],
                *of_note(
                    [
                        f"{REVIEW}/redline.{{language}}.json",
                        f"{REVIEW}/redline.{{language}}.{{kind}}",
                        rules.render_page_pairs.output[0],
                    ]
                )(wildcards),
            ],
            PLACE,
        ),
    output:
        f"{REVIEW}/delivered.json",
    log:
        f"{LOG}/deliver_review.{{base}}..{{head}}.txt",
    params:
        code=code("deliver.py"),
        place=PLACE,
    message:
        "Put the review {wildcards.base}..{wildcards.head} of {wildcards.note} in its place"
    script:
        "../scripts/deliver.py"
