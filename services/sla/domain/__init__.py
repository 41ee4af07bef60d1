"""Working time, rules, clocks: pure Python."""
