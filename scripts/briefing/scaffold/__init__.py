"""What a new note begins with: its country, a map of it, and the files that every note has."""
