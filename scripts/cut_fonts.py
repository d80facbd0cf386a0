"""Cut the fonts to the characters that notes may use; write them and a fonts.conf that names only their folder."""

from pathlib import Path

from briefing.fonts import write_font_configuration
from briefing.workflow.files import replace_folder
from briefing.workflow.font_cache import get_fonts
from briefing.workflow.job import get_job

job = get_job()
fonts = get_fonts(Path(job.params.root), job.params.code)
replace_folder(job.output[0], {**fonts, "fonts.conf": write_font_configuration()})
