"""What intake decides, free of any machine."""
