"""A composed note as Markdown, for pull requests, search engines and language models."""

TEMPLATES = ()
REDLINE_TEMPLATES = ()
