"""What the steps of the workflow know: pure functions that read no configuration, clock or network."""
