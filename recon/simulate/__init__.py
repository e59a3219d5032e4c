"""Simulation: phantoms, forward projection, noise."""
