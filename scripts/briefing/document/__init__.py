"""The composed note: what its nodes are, how to walk, change, store and rename them. Everything else works on it."""
