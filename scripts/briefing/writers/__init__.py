"""One folder a format, each from the document alone."""
