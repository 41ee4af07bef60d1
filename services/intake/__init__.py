"""Intake: a case (诉求) from the first contact to the satisfaction rating, and the citizens behind the cases."""
