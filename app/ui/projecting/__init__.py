"""Showing a page to a whole room: larger, read only, without a child’s code or a name."""
