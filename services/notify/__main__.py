"""python -m services.notify {bus|grpc|worker|migrate}"""

from chassis.process import Program, main

PROGRAM = Program(
    "notify",
    bootstrap="services.notify.bootstrap",
    contract="huying.notify.v1.notify_pb2",
)

if __name__ == "__main__":
    main(PROGRAM)
