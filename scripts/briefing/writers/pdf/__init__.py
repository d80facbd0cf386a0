"""A composed note, or a redline, as a tagged PDF; and two versions side by side."""
