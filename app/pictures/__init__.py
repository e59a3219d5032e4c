"""Pictures for people: what is on screen as image files, films, on the clipboard, on paper, in a report.

Slices as DICOM are written by `app.export`.
"""
