"""Promises of the domain: what always holds, whatever order, text or date comes along."""
