"""Keys, and the two files that hold them: how a passphrase opens a profile and its inspections.

May import the standard library, errors and, in ``primitives`` alone, one cryptography library.
"""
