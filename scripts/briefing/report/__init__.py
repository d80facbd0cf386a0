"""What an editor is told of a note: what was checked, what was found, where each figure stands."""

FRAME = ("editor.html.j2", "items.html.j2", "house.css", "editor.css")
"""The templates that all pages for editors share."""
SCRIPT = "editor.js"
"""The script of the pages whose items are worked through."""
REPORT_PAGE, SHELF_PAGE, SHELF_SCRIPT = "report.html.j2", "shelf.html.j2", "shelf.js"
TEMPLATES = (REPORT_PAGE, *FRAME)
SHELF_TEMPLATES = (SHELF_PAGE, SHELF_SCRIPT, *FRAME)
