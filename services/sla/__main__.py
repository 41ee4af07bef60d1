"""python -m services.sla {bus|grpc|worker|migrate}"""

from chassis.process import Program, main

PROGRAM = Program(
    "sla",
    bootstrap="services.sla.bootstrap",
    contract="huying.sla.v1.sla_pb2",
)

if __name__ == "__main__":
    main(PROGRAM)
