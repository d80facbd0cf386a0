"""What charts and maps show, and how they are drawn."""
