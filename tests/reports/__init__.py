"""What the letter and the brief promise, on paper and in files."""
