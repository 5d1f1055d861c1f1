"""A child at risk: written from the first key, watched until somebody answers."""
