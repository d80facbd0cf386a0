"""What a change of data or text did to a note, and why."""
