"""A verb for everything a person does, and the reads that screens and commands use.

Each verb is one transaction and answers with Changes. May import domain, store, sync, reports,
packs, interchange, crypto, errors and clock; never Qt.
"""
