"""What must hold of the sources and of the composed text; every breach is a problem with a place."""
