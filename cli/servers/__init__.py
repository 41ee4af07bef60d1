"""Real servers as child processes: RabbitMQ, PostgreSQL, Elasticsearch, MinIO, Prometheus, toxiproxy.

Each keeps everything (data, settings, log, the ports it was given) in a folder of its own, so that it comes back at the
same address and any process can find, stop or adopt it.
"""
