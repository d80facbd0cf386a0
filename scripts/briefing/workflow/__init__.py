"""What only the workflow asks for: its configuration, its files, what a step imports, what it says at the end."""
