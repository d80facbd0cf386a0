"""What a change of data or text did to a note, and why."""

from briefing.report import FRAME, SCRIPT

PAGE = "impact.html.j2"
TEMPLATES = (PAGE, SCRIPT, *FRAME)
