"""What a city publishes for its citizens: the rules that hold there (公开), as one page made from its packs alone."""
