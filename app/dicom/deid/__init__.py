"""De-identification for teaching and research: PS3.15's Basic Profile with its usual options.

`profile` says what becomes of each attribute, `clean` acts on one data set, `files` writes de-identified copies, and
`risks` tells what no table of attributes can remove. Nothing is imported here: the options need no DICOM.
"""
