"""Files that come back from readers of a note, as what they say; nothing in them is run, fetched or trusted."""
