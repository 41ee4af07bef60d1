"""The program `huying` and the composition root of the embedded province."""
