"""What people write about a country: prose, figures, charts, works, acronyms; read, and held as one snapshot."""
