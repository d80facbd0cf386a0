"""Read what a note is written with: the configuration, the templates and the fonts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from briefing.fonts import write_font_configuration
from briefing.formats.text import decode_source
from briefing.formats.yaml_source import find_place, read_yaml
from briefing.preview.session import CHART_STYLE, Desk
from briefing.problems import SourceError
from briefing.steps.compose import make_targets
from briefing.workflow.cache import keep_fonts, make_keeper
from briefing.workflow.config import CONFIG, check_templates, read_project
from briefing.workflow.files import list_files, read_below, replace_folder
from briefing.workflow.fingerprints import hash_code, hash_templates
from briefing.workflow.settings import NoteSettings


@dataclass
class DeskReader:
    """Reads the desk of a note anew when its settings have changed; the fonts are written to a scratch folder."""

    folder: Path
    root: Path
    note: str
    scratch: Path
    _said: tuple[bytes, ...] = ()
    _desk: Desk | None = None

    def read(self) -> Desk:
        """Give the desk; this fails with a `SourceError` where the configuration is wrong."""
        paths = (self.folder / CONFIG, self.folder / "sources" / self.note / "note.yaml")
        said = tuple(path.read_bytes() if path.is_file() else b"" for path in paths)
        if self._desk is None or said != self._said:
            notes = read_project(self.folder, self.root)
            if self.note not in notes:
                message = f'notes: "{self.note}", which is shown here, is not among them any more; add it again, or end'
                place = find_place(CONFIG, read_yaml(CONFIG, decode_source(CONFIG, said[0])), ("notes",))
                raise SourceError([place.report(f"{message} the preview and start that of another note")])
            self._desk, self._said = self._make(notes[self.note]), said
        return self._desk

    def _make(self, settings: NoteSettings) -> Desk:
        templates = self.root / "templates"
        check_templates([settings], templates, with_catalogues=True)
        fonts = keep_fonts(self.root)
        if not self.scratch.is_dir():
            replace_folder(self.scratch, {**fonts, "fonts.conf": write_font_configuration()})
        hand = f"{hash_code(self.root, 'draw_charts.py')} {hash_templates(self.root, [CHART_STYLE])}"
        return Desk(
            note=self.note,
            targets=make_targets(settings.languages, settings.typography, release=settings.is_release),
            formats=settings.formats,
            policy=settings.policy,
            unfit=settings.problems,
            templates=read_below(templates, list_files(templates)),
            fonts=fonts,
            font_folder=str(self.scratch),
            keep=make_keeper(self.root, hand, fonts),
        )
