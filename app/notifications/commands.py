import click


@click.command("worker")
def worker() -> None:
    """Send letters."""
