"""Findings: stated, tested against evidence for and against, agreed by each inspectorate."""
