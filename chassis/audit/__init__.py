"""Is anything lost? Each service tells its facts by subject; the invariants are judged across all of them."""
