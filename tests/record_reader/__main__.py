"""`python -m record_reader FILE`, in the folder above this one."""

import sys

from .reader import main

if len(sys.argv) != 2:
    sys.exit("usage: python -m record_reader FILE")
sys.exit(main(sys.argv[1]))
