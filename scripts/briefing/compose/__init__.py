"""From sources and figures to a document in one language."""
