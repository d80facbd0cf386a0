"""A composed note, or a redline, as a Word file."""
