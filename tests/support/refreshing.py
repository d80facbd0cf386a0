"""A refresh of the tiny note, with answers that a publisher might give."""

from collections.abc import Mapping, Sequence
from typing import Any

from briefing.refresh.answers import AnswerError
from briefing.refresh.origins import Origin
from briefing.steps.compose import Target
from briefing.steps.refresh import RefreshedNote, refresh_note
from support.editions import change_raw, read_source
from support.house import read_house_files
from support.publishers import write_worldbank

DAY = "2026-11-26"
FIGURES = read_source("tiny", "figures.yaml").replace(
    "    every: 1 year\n", "    every: 1 year\n    origin: {publisher: worldbank, series: SP.POP.TOTL, area: RUR}\n", 1
) + "  area:\n    origin: {publisher: worldbank, series: AG.SRF.TOTL.K2, area: RUR}\n"  # fmt: skip
OTHER = "  guards:\n    origin: {publisher: worldbnk, series: MS.MIL.TOTL.P1, area: RUR}\n"
POPULATION = {"2018": 1200000, "2020": 1400000}
AREA = {"2022": 41000}


def refresh(answers: Mapping[str, str], **changes: str) -> RefreshedNote:
    def ask(origin: Origin) -> tuple[Sequence[bytes], str]:
        if origin.series not in answers:
            raise AnswerError("it is answered with 404; look at the address in a browser")
        return [answers[origin.series].encode("utf-8")], DAY

    raw = change_raw("tiny", {"figures.yaml": FIGURES, **changes})
    return refresh_note("tiny", raw, read_house_files(), [Target("en", "en", "")], ask, DAY, {"staleness": "warning"})


def answer(population: Mapping[str, Any] = POPULATION) -> dict[str, str]:
    return {
        "SP.POP.TOTL": write_worldbank("SP.POP.TOTL", population),
        "AG.SRF.TOTL.K2": write_worldbank("AG.SRF.TOTL.K2", AREA, "Surface area"),
    }
