"""Hands the command line to `monitor.cli`, once this Python is known to be able to run it."""

from monitor.preflight import require_python

if __name__ == "__main__":
    require_python()

    from monitor.cli import main

    main()
