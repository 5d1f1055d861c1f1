"""The first run: who one is, a passphrase with its recovery sheet, and how to begin."""
