"""What several tests share: sample notes, builds, readers of what was written, other programs."""
