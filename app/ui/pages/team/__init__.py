"""The team page: who belongs, what their laptops hold, where notes are handed over."""
