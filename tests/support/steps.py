"""Take sources through the workflow's own steps, from their bytes to the pictures of their charts, in memory."""

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from briefing.formats.yaml_source import find_place, read_yaml
from briefing.problems import Problem, SourceError, decode_problem
from briefing.report.content import judge_problems
from briefing.sources.snapshot import read_snapshot
from briefing.steps.compose import Target, compose_language
from briefing.steps.derive import derive_note
from briefing.steps.draw_charts import draw_charts
from briefing.steps.validate import check_sources
from support.badinputs import POLICY
from support.editions import read_raw
from support.house import make_font_folder, read_house_files
from support.writing import read_styles

# A map of the tiny note's country, and its base map.
MAP: dict[str, Any] = {
    "id": "locator", "kind": "map", "title": "Ruritania", "source": "the survey", "alternative": "A map.",
    "width": 100, "height": 80, "window": [0, 0, 10, 8], "inset": [2, 2, 20, 20], "country": "901", "scale_km": 100,
    "countries": [{"id": "901", "label": "Ruritania", "at": [5, 4]}],
    "places": [{"id": "strelsau", "label": "Strelsau", "side": "left"}],
}  # fmt: skip
SQUARE = [[[[0, 0], [10, 0], [10, 8], [0, 8], [0, 0]]]]
FEATURES = [
    {"properties": {"layer": "country", "id": "901", "name": "Ruritania"}, "geometry": {"coordinates": SQUARE}},
    {"properties": {"layer": "outline", "id": "002", "name": "Africa"}, "geometry": {"coordinates": SQUARE}},
    {
        "properties": {"layer": "place", "id": "strelsau", "name": "Strelsau", "role": "capital"},
        "geometry": {"coordinates": [1, 1]},
    },
]


@functools.cache
def read_whole(note: str) -> dict[str, bytes]:
    """Read the sources of a note as a build takes them; the tiny note, which has no map, gets one."""
    raw = dict(read_raw(note))
    if note == "tiny":
        chart = yaml.safe_dump([MAP], allow_unicode=True, sort_keys=False)
        raw["tiny/charts.yaml"] += "".join(f"  {line}\n" for line in chart.splitlines()).encode()
        raw["tiny/text/02-help.md"] += b"\n![](chart:locator)\n"
        raw["common/map/tiny.geojson"] = json.dumps({"type": "FeatureCollection", "features": FEATURES}).encode()
    return raw


def take_steps(note: str, raw: Mapping[str, bytes], languages: tuple[str, ...] = ("en", "fr")) -> list[Problem]:
    """Check, derive, compose in each language and draw, as far as the sources let; give all that is told on the way."""
    found = judge_problems(check_sources(note, raw), POLICY)
    if any(problem.severity == "error" for problem in found):
        return found
    snapshot = read_snapshot(note, raw)
    try:
        derived = derive_note(snapshot, ())
    except SourceError as error:
        return [*found, *error.problems]
    found += map(decode_problem, derived["problems"])
    for tag in languages:
        try:
            document, findings = compose_language(snapshot, derived, read_house_files(), Target(tag, "en"))
            found += map(decode_problem, findings["problems"])
            base_map = raw.get(f"common/map/{note}.geojson")
            file = snapshot.sources.name("charts.yaml")
            tree = read_yaml(file, snapshot.sources.files["charts.yaml"])
            charts = snapshot.sources.charts
            draw_charts(
                document,
                derived,
                charts,
                read_styles("charts.yaml"),
                sorted(Path(make_font_folder()).glob("*.ttf")),
                json.loads(base_map) if base_map else None,
                places={chart.id: find_place(file, tree, ("charts", n, "id")) for n, chart in enumerate(charts)},
            )
        except SourceError as error:
            found += error.problems
    return found
