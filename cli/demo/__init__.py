"""The demonstration: written cases, seeded actors, a live board and a page with pictures."""
