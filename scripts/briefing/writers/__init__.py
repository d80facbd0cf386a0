"""One folder a format, each from the document alone.

A new format is a folder here, whose `format.py` has `write(material)` and whose `__init__.py` names its `TEMPLATES`,
and a line in `FORMATS`.
"""

FORMATS = {"pdf": "pdf", "docx": "docx", "html": "html", "md": "markdown"}
"""The formats by the ends of their files' names, each with its folder."""
