"""Reactions to events of the others, commands, queries, and the hand-over to providers."""
