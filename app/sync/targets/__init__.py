"""Where items are put down and picked up: folders and sticks, relays and rooms, memory.

Each keeps to ``target.Target``; one set of tests holds all of them to it.
"""
