"""What an inspection is: records, revisions, the merge rule, kinds, and pure rules over them.

Imports nothing but the standard library.
"""
