"""A composed note, or a redline, as a tagged PDF; and two versions side by side."""

TEMPLATES = ("note.html.j2", "pdf.css")
REDLINE_TEMPLATES = ("causes.css", "redline.css", "redline-pdf.css")
PAGE_PAIR_TEMPLATES = (*TEMPLATES, "causes.css", "page-boxes.css", "page-pairs.html.j2")
