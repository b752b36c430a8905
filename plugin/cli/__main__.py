"""The same by `python -m plugin.cli`, where nothing has installed the `aftercare` command: a host with a Procfile."""

from plugin.cli import main

if __name__ == "__main__":
    main(prog_name="aftercare")
