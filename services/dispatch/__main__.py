"""python -m services.dispatch {bus|grpc|worker|migrate}"""

from chassis.process import Program, main

PROGRAM = Program(
    "dispatch",
    bootstrap="services.dispatch.bootstrap",
    contract="huying.dispatch.v1.dispatch_pb2",
)

if __name__ == "__main__":
    main(PROGRAM)
