"""Locking: words first, then the keys. Covers the screen, waits for the disk, ends the process."""
