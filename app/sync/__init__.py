"""How replicas compare what they hold and catch up with each other.

May import domain, crypto, errors and clock; never the store, operations or Qt.
"""
