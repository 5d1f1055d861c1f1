"""Packs: what inspections ask and what their letters look like, read from JSON and checked.

May import domain, errors, paths, jsonschema and holidays; never store, sync, operations or Qt.
"""
