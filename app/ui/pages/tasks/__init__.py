"""Tasks and meetings of the week, and the concerns about children that run through it."""
