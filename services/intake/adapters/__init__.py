"""How intake's ports are kept: PostgreSQL, the key ring, the policy files."""
