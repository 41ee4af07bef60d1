"""python -m services.knowledge {bus|grpc|worker|migrate}"""

from chassis.process import Program, main

PROGRAM = Program(
    "knowledge",
    bootstrap="services.knowledge.bootstrap",
    contract="huying.knowledge.v1.knowledge_pb2",
    at_start="services.knowledge.entrypoints.seed:seed_articles",
)

if __name__ == "__main__":
    main(PROGRAM)
