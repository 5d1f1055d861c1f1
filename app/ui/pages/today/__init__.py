"""The first page of a morning: one inspector's day, what is open, what came, what waits."""
