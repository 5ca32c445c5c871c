"""`python -m collegium` is the command line."""

from collegium.cli import main

# Worker processes import this module again under another name, and must not start a command by that.
if __name__ == "__main__":
    main()
