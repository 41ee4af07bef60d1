"""The bus on RabbitMQ: topology, publisher, consumers that share partitions, questions by RPC.

Only `green`, `entrypoint`, `nameko_app` and `rpc` import nameko and eventlet; they belong to the bus process alone.
"""
