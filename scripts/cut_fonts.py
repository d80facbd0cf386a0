"""Cut the fonts to the characters that notes may use; write them and a fonts.conf that names only their folder."""

from pathlib import Path

from briefing.fonts import cut_fonts, write_font_configuration
from briefing.workflow.cache import keep_files
from briefing.workflow.files import replace_folder
from briefing.workflow.job import get_job

job = get_job()
fonts = keep_files(Path(job.params.root), "fonts", job.params.code, cut_fonts)
replace_folder(job.output[0], {**fonts, "fonts.conf": write_font_configuration()})
