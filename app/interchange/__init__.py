"""Inspection JSON: the open format in which a whole inspection leaves and comes back.

May import domain and errors; knows nothing of stores, screens or where files lie.
"""
