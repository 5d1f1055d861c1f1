"""The inspections of the unlocked profile: open one, begin one, take one in."""
