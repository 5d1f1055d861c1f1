"""The relay: a small service that keeps sealed items for teams and can read none of them.

May import domain, crypto, errors, clock and the rest of sync; never the store, operations or Qt.
"""
