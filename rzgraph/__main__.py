"""Run the command line with ``python -m rzgraph``."""

from rzgraph.cli import main

if __name__ == "__main__":
    main()
