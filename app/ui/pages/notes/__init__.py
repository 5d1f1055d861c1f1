"""Notes: the list, one note's paragraphs as they are typed, and codes on their words."""
