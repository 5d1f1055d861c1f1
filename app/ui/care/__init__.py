"""The care of a profile: what opens it, copies of it, and the end of an inspection."""
