"""Input normalisation: a rounder bowl from the same data."""
