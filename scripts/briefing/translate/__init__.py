"""From the source language to another: messages, catalogues, glossary, and whether both editions say the same."""
