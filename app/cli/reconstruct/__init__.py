"""``bocage reconstruct``: from projections to slices on disk, one series or a folder of them.

`options` is what the user chose, `series` computes and writes one series, `batch` does a folder of series so that it
can be resumed (`manifest`), `cluster` does the same on a Dask cluster, and `command` says what was done.
"""
