"""A child process for the tests of `ChildProcess`; it does what it is told."""

import os
import sys
import time

from calc.child_process import serve


def answer(message: bytes) -> bytes:
    what, _, rest = message.partition(b" ")
    if what == b"sleep":
        time.sleep(float(rest))
    elif what == b"compute":
        while True:
            pass
    elif what == b"hold":
        # One instruction of C, in which no other thread runs.
        any(iter(int, 1))
    elif what == b"exit":
        os._exit(3)
    elif what == b"print":
        print("no answer", flush=True)
        os.write(1, b"no answer")
    return rest


def prepare() -> None:
    if os.environ.get("SLOW_START"):
        time.sleep(60)


if __name__ == "__main__":
    if os.environ.get("LIE"):
        # Ready, and then a reply that is shorter than it says.
        os.write(1, bytes(8))
        sys.stdin.buffer.read(9)
        os.write(1, b"\x09" + bytes(7) + b"half")
        sys.exit()
    serve(answer, prepare, int(os.environ.get("ALARM", "50")))
