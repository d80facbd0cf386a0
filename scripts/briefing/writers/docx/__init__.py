"""A composed note, or a redline, as a Word file."""

TEMPLATES = ("docx.yaml",)
REDLINE_TEMPLATES = ()
