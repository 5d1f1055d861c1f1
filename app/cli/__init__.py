"""The command line: the whole line from import to letter, without a screen.

May import operations, domain values and errors; never Qt, the store or crypto.
"""
