"""`python -m symbolic_mqb`, and the entry point of the command `symbolic-mqb`."""

import os
import sys
from typing import NoReturn


def main() -> NoReturn:
    """The command line, whose import may already be interrupted."""
    try:
        from .cli import main as command
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr, flush=True)
        os._exit(130)
    command()


if __name__ == "__main__":
    main()
