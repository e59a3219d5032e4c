"""Metal in the body: found in the views, agreed among them, and put back into slices that were made without it."""
