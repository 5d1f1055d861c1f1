"""Evidence: all coded words through lenses, what is covered by whom, and what speaks both ways."""
