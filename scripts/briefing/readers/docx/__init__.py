"""A Word file that comes back, whichever program wrote it, as paragraphs before and after, comments and leftovers."""
