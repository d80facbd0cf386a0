"""Files that people write or open: plain YAML, CSV, JSON, PO catalogues, and what their bytes may hold."""
