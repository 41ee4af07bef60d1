"""Tables, packs, and the search index."""
