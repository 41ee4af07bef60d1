"""What a city publishes for its citizens: the rules that hold there, and the figures of a month (公开)."""
