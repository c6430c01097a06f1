"""`python -m symbolic_mqb`."""

from .cli import main

if __name__ == "__main__":
    main()
