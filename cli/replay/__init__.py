"""huying replay: petitions from a CSV file through the real commands."""
