"""Charts in their text: one that no text shows is told."""

from briefing.sources.snapshot import read_snapshot
from support.editions import change_raw, compose_edition, read_source


def test_a_chart_that_no_text_shows_is_told_at_its_id() -> None:
    name = "text/01-guards.md"
    text = read_source("tiny", name)
    assert "![](chart:guards)" in text
    raw = change_raw("tiny", {name: text.replace("![](chart:guards)", "")})
    told = [str(problem) for problem in compose_edition(read_snapshot("tiny", raw)).problems]
    assert any(
        problem.startswith("sources/tiny/charts.yaml:") and "no text shows the chart guards" in problem
        for problem in told
    )
