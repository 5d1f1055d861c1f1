"""A week of a team in memory, from one seed: laptops, places, mishaps, and what must hold after."""
