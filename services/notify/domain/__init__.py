"""Messages, escalations, quiet hours. Pure Python."""
