"""A composed note, or a redline, as one HTML page."""
