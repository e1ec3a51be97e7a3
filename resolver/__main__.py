"""``python -m resolver``: the command ``resolver``."""

from resolver.cli.main import main

# A second process of the command imports this module, too.
if __name__ == "__main__":
    main()
