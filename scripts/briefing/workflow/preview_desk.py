"""Read what a note is written with: the configuration, the templates and the fonts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.fonts import cut_fonts, write_font_configuration
from briefing.preview.session import CHART_STYLE, Desk
from briefing.steps.compose import Target
from briefing.workflow.cache import keep_files, make_keeper
from briefing.workflow.config import CONFIG, check_templates, read_project
from briefing.workflow.files import list_files, read_below, replace_folder
from briefing.workflow.fingerprints import hash_code, hash_templates


@dataclass
class DeskReader:
    """Reads the desk of a note anew when the configuration has changed; the fonts are written to a scratch folder."""

    folder: Path
    root: Path
    note: str
    scratch: Path
    _config: bytes = b""
    _desk: Desk | None = None

    def read(self) -> Desk:
        """Give the desk; this fails with a `SourceError` where the configuration is wrong."""
        path = self.folder / CONFIG
        written = path.read_bytes() if path.is_file() else b""
        if self._desk is None or written != self._config:
            self._desk, self._config = self._make(read_project(self.folder, self.root)), written
        return self._desk

    def _make(self, config: Mapping[str, Any]) -> Desk:
        templates = self.root / "templates"
        check_templates(config, templates, with_catalogues=True)
        fonts = keep_files(self.root, "fonts", hash_code(self.root, "cut_fonts.py"), cut_fonts)
        if not self.scratch.is_dir():
            replace_folder(self.scratch, {**fonts, "fonts.conf": write_font_configuration()})
        hand = f"{hash_code(self.root, 'draw_charts.py')} {hash_templates(self.root, [CHART_STYLE])}"
        source, release = config["languages"][0], config.get("translation", "release") == "release"
        locales = config.get("typography", {})
        return Desk(
            note=self.note,
            targets=tuple(Target(tag, source, locales.get(tag, ""), release) for tag in config["languages"]),
            formats=config["formats"],
            policy={"staleness": "warning", **config["checks"]},
            templates=read_below(templates, list_files(templates)),
            fonts=fonts,
            font_folder=str(self.scratch),
            keep=make_keeper(self.root, hand, fonts),
        )
