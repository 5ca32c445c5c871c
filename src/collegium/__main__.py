"""`python -m collegium` is the command line."""

from collegium.cli import main

main()
