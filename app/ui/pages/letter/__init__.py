"""The letter: its blocks, the pages as they will read, and what each sentence rests on."""
