"""What a visitor comes for: a room a topic, each with its experiment, its figures, its words."""
