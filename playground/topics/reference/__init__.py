"""The reference: every declared thing, from its own declaration."""
