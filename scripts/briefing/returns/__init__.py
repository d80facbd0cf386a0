"""What a reader's edited file asks of the sources: a proposal by which no number of the note can change."""
