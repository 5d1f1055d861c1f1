"""Verbal feedback: the running order, the words to speak, and what was really said."""
