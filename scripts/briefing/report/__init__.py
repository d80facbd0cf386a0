"""What an editor is told of a note: what was checked, what was found, where each figure stands."""
