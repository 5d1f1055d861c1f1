"""Gets what can be read out of a damaged store, page by page where the engine gives up.

Reads alone: nothing is ever written into the folder that is being salvaged, nor repaired in it.
"""
