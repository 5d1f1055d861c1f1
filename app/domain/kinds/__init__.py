"""Every kind of record and the fields it has, as data.

This one table drives validation, the JSON Schema, search, forms and labels.
"""
