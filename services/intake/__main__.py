"""python -m services.intake {bus|grpc|worker|migrate}"""

from chassis.process import Program, main

PROGRAM = Program(
    "intake",
    bootstrap="services.intake.bootstrap",
    contract="huying.intake.v1.intake_pb2",
)

if __name__ == "__main__":
    main(PROGRAM)
