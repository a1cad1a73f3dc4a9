"""`python -m mlanim` is `mlanim`."""

from mlanim.cli import main

main()
