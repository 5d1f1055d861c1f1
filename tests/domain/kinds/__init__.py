"""Promises of the table of kinds."""
