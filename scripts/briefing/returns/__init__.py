"""What a reader's edited file asks of the sources: a proposal by which no number of the note can change."""

from briefing.report import FRAME, SCRIPT

PAGE = "proposal.html.j2"
TEMPLATES = (PAGE, SCRIPT, *FRAME)
