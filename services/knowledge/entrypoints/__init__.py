"""The ways in that are the service's own: seeding and the quality of the search."""
