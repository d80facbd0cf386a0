"""The note while it is written: its pages as the build would print them, and what is wrong, after every change."""
