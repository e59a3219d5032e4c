"""The journal: what the reader does to a study is on the disk before it is called saved, and comes back.

`encode` turns frozen values into JSON and back; `parts` divides a `Reading` into what is written separately; `schema`,
`store` and `compact` are the SQLite file; `writer` is the thread that owns it; `keeper` binds it to a session.
"""
