"""Knowledge: articles that units answer for, found while the caller talks."""
