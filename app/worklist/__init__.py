"""The worklist: a local index of the studies in watched folders, with what was done to each.

Headers only, in one SQLite file in the user's data folder: `schema` (the tables), `files` and `studies` (writing and
reading rows), `search` (finding), `indexer` (folders to rows), `places` (rows back to files). Nothing here knows Qt.
The index holds patients' names: the file is the user's alone, and nothing of it is ever logged.
"""
