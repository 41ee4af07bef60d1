"""Events between services: envelope, outbox and relay, inbox, reactions, parking."""
