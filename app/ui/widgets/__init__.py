"""Widgets that any page may use. They know no store, no runner and no page."""
