"""Displays that tell the truth: the greyscale standard, calibration of monitors, and their true size."""
