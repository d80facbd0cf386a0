"""Cut the fonts to the characters that notes may use; write them and a fonts.conf that names only their folder."""

from briefing.fonts import cut_fonts, write_font_configuration
from briefing.workflow.files import replace_folder
from briefing.workflow.job import get_job

replace_folder(get_job().output[0], {**cut_fonts(), "fonts.conf": write_font_configuration()})
