"""Tables, policies from files, and the embedded provider."""
