"""What intake does for its callers, and what it does when others tell it something."""
