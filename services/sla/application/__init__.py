"""What sla does with events, questions and time."""
