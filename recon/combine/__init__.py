"""Images combined from several: synthetic radiographs."""
