"""Articles, policies, what may not be written, how a match is judged. Pure Python."""
