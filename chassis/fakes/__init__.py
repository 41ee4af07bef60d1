"""Stand-ins for the outside world, for tests and drills; they keep the promises of the real thing, and only those."""
