"""The search index on Elasticsearch 8 or 9, without plugins: words are cut on our side."""
