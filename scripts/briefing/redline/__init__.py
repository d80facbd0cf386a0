"""Two versions of a document as one: what stayed, came, went, moved, and the list of it."""
