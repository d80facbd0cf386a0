"""Bring the message catalogues of a note, and those of the house, up to date with what is to be translated.

This step writes to sources/ and templates/, the only one that does; what is up to date stays as it is. It fails when a
catalogue that is there cannot be read.
"""

import json
from pathlib import Path
from typing import Any

from briefing.formats.po_catalogue import (
    decode_message,
    describe_refresh,
    make_header,
    read_catalogue,
    refresh_catalogue,
)
from briefing.language.house_texts import list_house_messages, read_grammar, read_house
from briefing.problems import SourceError, gather
from briefing.sources.snapshot import read_snapshot
from briefing.workflow.files import read_below, read_folder, telling_problems, write_atomically

snakemake: Any = globals()["snakemake"]
note, params = snakemake.wildcards.note, snakemake.params

findings = json.loads(Path(snakemake.input.findings).read_text("utf-8"))
with telling_problems():
    snapshot = read_snapshot(note, read_folder(snakemake.input.snapshot))
    files = read_below(params.templates, [*snakemake.input.house, snakemake.input.labels])
    house = read_house(params.source, files)
    of_house = list(list_house_messages(house.labels, snapshot.hedges, snapshot.unit_table))
    of_note = [decode_message(fields) for fields in findings["messages"]]
    refreshed = {}
    problems = []
    for tag in params.languages:
        grammar = read_grammar(tag, files)
        header = make_header(note, tag, snapshot.sources.note["issued"], grammar["plural_forms"])
        for file, shown, messages in (
            (Path(params.templates, f"translations/{tag}.po"), f"templates/translations/{tag}.po", of_house),
            (Path(params.sources, f"{note}/translations/{tag}.po"), f"sources/{note}/translations/{tag}.po", of_note),
        ):
            old = file.read_bytes() if file.is_file() else None
            if old is not None:
                gather(problems, lambda shown=shown, old=old: read_catalogue(shown, old))
            if not problems:
                refreshed[file, shown] = (
                    old,
                    refresh_catalogue(old.decode("utf-8-sig") if old else None, messages, header),
                )
    if problems:
        raise SourceError(problems)
for (file, shown), (old, catalogue) in refreshed.items():
    if old is None or catalogue.text.encode("utf-8") != old:
        write_atomically(file, catalogue.text)
    print(describe_refresh(shown, catalogue))
