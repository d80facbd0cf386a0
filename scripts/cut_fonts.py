"""Cut the fonts to the characters that notes may use; write them and a fonts.conf that names only their folder."""

from pathlib import Path
from typing import Any

from briefing.files import write_atomically
from briefing.fonts import cut_fonts, write_font_configuration

snakemake: Any = globals()["snakemake"]

folder = Path(snakemake.output[0])
for name, font in cut_fonts().items():
    write_atomically(folder / name, font)
write_atomically(folder / "fonts.conf", write_font_configuration())
