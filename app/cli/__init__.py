"""The command line: thin commands over the same parts that the window uses.

Start-up matters: `app.cli.main` imports only Typer; everything heavy is imported by the command that needs it.
"""
