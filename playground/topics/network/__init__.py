"""A real network: a surface one cannot see, watched while it learns."""
