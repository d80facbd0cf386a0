"""What publishers have made known since the note was written, as a proposal of rows that people accept or leave."""

from briefing.report import FRAME

PAGE = "refresh.html.j2"
TEMPLATES = (PAGE, *FRAME)
