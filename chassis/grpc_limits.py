"""What a gRPC server takes at once. Not in grpckit: roles that must not import grpc read it too."""

MIB = 1024 * 1024
RECEIVE_LIMIT_BYTES = 24 * MIB
# So much is read in order to be refused in our words; more than that grpc refuses, and says only RESOURCE_EXHAUSTED.
READ_LIMIT_BYTES = 2 * RECEIVE_LIMIT_BYTES
THREADS = 16
MESSAGE_SECONDS = 30.0
"""For the message of a call to come: what is large may come slowly."""
ASKED_SECONDS = 5.0
"""For what a stream is asked, which is small: who has not said it by then loses his place."""
SPARE_THREADS, SILENT_CALLS, SILENCE_SECONDS = THREADS // 4, THREADS // 2, 1.0
"""With fewer threads than that to spare, only so many calls of one caller may wait longer for their message."""
