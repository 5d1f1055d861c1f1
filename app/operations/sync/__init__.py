"""Handing evidence over: the team, what is exchanged, where, and who holds what."""
