"""The command ``resolver``: each command parses its options, makes one library call and sets the exit code.

Read ``main`` first; it lists the commands. ``card`` is the text output of ``resolver lookup``.
"""

__all__ = ["main"]
