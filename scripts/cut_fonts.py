"""Cut the fonts to the characters that notes may use; write them and a fonts.conf that names only their folder."""

from typing import Any

from briefing.fonts import cut_fonts, write_font_configuration
from briefing.workflow.files import replace_folder

snakemake: Any = globals()["snakemake"]

replace_folder(snakemake.output[0], {**cut_fonts(), "fonts.conf": write_font_configuration()})
