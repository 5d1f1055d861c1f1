"""Reports: the letter and the brief as neutral blocks, and the writers that turn them into files.

May import domain, errors, paths, reportlab, python-docx and lxml; never the store or Qt.
"""
