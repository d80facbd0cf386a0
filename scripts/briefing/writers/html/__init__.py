"""A composed note, or a redline, as one HTML page."""

TEMPLATES = ("note.html.j2", "house.css", "screen.css", "print.css", "popover.js")
REDLINE_TEMPLATES = ("causes.css", "redline.css", "redline-screen.css")
