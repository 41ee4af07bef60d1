"""Logs, metrics and traces; none of them ever holds personal data."""
