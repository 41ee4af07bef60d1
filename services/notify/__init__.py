"""SMS and phone: how what the law wants reaches people."""
