"""Notes about data: what was assumed, and what is merely stated."""

from __future__ import annotations

from recon.messages import Message


class Fact(Message):
    """A note that states what files or the user said, or what was done with it.

    Every other note is an assumption and stays on screen over the picture.
    """
