"""The full stack on one machine: real servers and the five services as separate processes, kept alive and stopped."""
