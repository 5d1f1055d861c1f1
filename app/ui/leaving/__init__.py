"""What a page shows before its paper leaves: the letter, the brief. May import operations."""
