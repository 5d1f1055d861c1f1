"""The encrypted store of one inspection: revisions, what is derived from them, drafts, search.

May import domain, crypto's key types and errors; never sync, operations or Qt.
"""
