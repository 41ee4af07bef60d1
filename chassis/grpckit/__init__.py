"""gRPC around the pipeline: every RPC is a command or a query of the same name."""
