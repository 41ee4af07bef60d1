"""What the service is asked to do, and what it needs for it."""
