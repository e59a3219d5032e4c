"""Data the program needs: icons, style, presets, demonstration cases."""
