"""``resolver completion``: the script by which a shell completes commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

__all__ = ["completion"]

_SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(_SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print a script that lets a shell complete commands and options.

    \b
    Examples:
      resolver completion bash > ~/.local/share/bash-completion/completions/resolver
      resolver completion zsh > ~/.zfunc/_resolver
      resolver completion fish > ~/.config/fish/completions/resolver.fish
    """
    found = get_completion_class(shell)
    assert found is not None
    root = context.find_root().command
    click.echo(found(root, {}, "resolver", "_RESOLVER_COMPLETE").source())
