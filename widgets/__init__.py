"""Reusable Qt widgets. They draw and report gestures; they own no study."""
