"""Initialisation: whether signal and gradient keep their size with depth."""
