"""Regularisation: penalties, early stopping, more data."""
