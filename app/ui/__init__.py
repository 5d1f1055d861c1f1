"""The window. One folder under pages for each thing a person does.

May import operations, domain values, errors and Qt; never the store, crypto, sync or reports.
"""
