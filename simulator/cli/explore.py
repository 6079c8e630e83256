"""Open the page: move an assumption, and the figure, its interval and its reasons move with it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.errors import InputError, RunError

if TYPE_CHECKING:
    from simulator.web.door.lobby import Lobby
    from simulator.web.opened import Base, Options


@click.command(
    epilog="""\b
Examples:
  saldo explore scenarios/christmas-2021.yaml
  saldo explore scenarios/christmas-2021.yaml -S effects.params.scale=0.3 --draws 1000
  saldo explore outputs/christmas-2021/RUN --no-open --port 8765
  saldo explore
  saldo explore scenarios/christmas-2021.yaml --static christmas.html --over effects.params.scale
  saldo explore scenarios/christmas-2021.yaml --shortcut ~/Desktop

Ctrl-C stops it (exit code 130); so does `quit` in the page, or the end of its process (exit code 0)."""
)
@click.argument("what", metavar="[SCENARIO|RUN|SWEEP|ADDRESS]", required=False)
@click.option("-S", "sets", multiple=True, metavar="KEY=VALUE", help="Set a key of the scenario; may be repeated.")
@click.option("--seed", type=int, help="Seed of all chance; that of the scenario or run where left out.")
@click.option("--replications", type=int, help="Number of draws of events; likewise.")
@click.option("--draws", type=int, help="Number of draws of uncertain values; likewise.")
@click.option("--port", type=int, metavar="N", help="Port of 127.0.0.1; one that is free where left out.")
@click.option("--no-open", is_flag=True, help="Print the address and open no browser.")
@click.option("--language", default="da", show_default=True, metavar="da|en", help="Language of the page.")
@click.option(
    "--static", type=click.Path(path_type=Path), metavar="FILE.html", help="Write a page that needs no server, to mail."
)
@click.option(
    "--over", multiple=True, metavar="KEY[=v1,v2]", help="Assumption that moves in that page; may be repeated."
)
@click.option(
    "--shortcut", type=click.Path(path_type=Path), metavar="FOLDER", help="Write a file that a double click starts."
)
@click.option(
    "--system", metavar="NAME", help="linux, macos or windows: for which the shortcut is; this one by default."
)
@click.option("--force", is_flag=True, help="Replace the file of --static or --shortcut.")
@click.option("--from-icon", is_flag=True, hidden=True)
def command(what: str | None, sets: tuple[str, ...], **options: Any) -> None:
    """Open a page in the browser in which the assumptions of a SCENARIO, RUN or SWEEP are moved.

    It is served from this machine, to this machine alone, and asks nothing of any other. Its figures are those of
    `saldo run` with the same settings, to the digit. Without an argument it offers what lies below this folder. An
    ADDRESS of the page that was kept opens the same view again. Minus is a loss to the public balance.
    """
    _check(what, sets, options)
    if options["shortcut"] is not None:
        _write_shortcut(what, sets, options)
    elif options["static"] is not None:
        _write_static(what, sets, options)
    elif options["from_icon"]:
        _serve_without_terminal(what, sets, options)
    else:
        _serve(what, sets, options)


def from_icon() -> None:
    """Start the page as a double click does: the program `saldo-explore` of an installation."""
    from simulator.cli import main

    main(["explore", "--from-icon", *sys.argv[1:]])


def _check(what: str | None, sets: tuple[str, ...], options: dict[str, Any]) -> None:
    from simulator.web.words import page_words

    page_words(options["language"])
    named = what is not None and "://" not in what
    if sets and not named:
        raise InputError.one("a setting needs a scenario, run or sweep that it is laid over", path="-S")
    if options["over"] and options["static"] is None:
        raise InputError.one("says what moves in the page of --static; give that too", path="--over")
    if options["system"] is not None and options["shortcut"] is None:
        raise InputError.one("says for which system the file of --shortcut is; give that too", path="--system")
    if options["static"] is not None and not named:
        raise InputError.one("a page without a server needs a scenario or run", path="--static")


def _serve(what: str | None, sets: tuple[str, ...], options: dict[str, Any]) -> None:
    _need_web()
    from simulator.web.door.lobby import Started
    from simulator.web.door.start import Wish, check_port, kept_address, serve, was_ctrl_c

    kept = None if what is None else kept_address(what)
    port, state = kept or (0, "")
    port = port if options["port"] is None else options["port"]
    check_port(port)
    named = None if what is None or kept else Path(what)

    def lay(lobby: Lobby) -> None:
        if named is not None:
            lobby.lay_first(named, sets)

    def say(address: str) -> None:
        click.echo(address)
        sys.stdout.flush()
        click.echo("Ctrl-C stops it.", err=True)

    started = Started(Path.cwd(), _asked(options), options["language"])
    wish = Wish(port, state, not options["no_open"], options["from_icon"])
    if was_ctrl_c(serve(started, wish, lay, say)):
        raise KeyboardInterrupt


def _serve_without_terminal(what: str | None, sets: tuple[str, ...], options: dict[str, Any]) -> None:
    """Serve the page; what goes wrong is shown in the browser too, since there may be no terminal."""
    from simulator.web.door.start import show_error

    try:
        _serve(what, sets, options)
    except (InputError, RunError) as wrong:
        show_error(str(wrong))
        raise


def _asked(options: dict[str, Any]) -> Options:
    from simulator.web.opened import Options

    return Options(options["seed"], options["replications"], options["draws"])


def _opened(what: str, sets: tuple[str, ...], options: dict[str, Any]) -> Base:
    """Return what was named, opened and read, so that what is wrong with it is told at once."""
    from simulator.web.door.browse import name_of, opened
    from simulator.web.position import Position, Reader

    root = Path.cwd()
    base = opened(Path(what), name_of(Path(what), root), _asked(options), sets, root)
    position = Position(base)
    position.plan(Reader()(position))
    return base


def _write_shortcut(what: str | None, sets: tuple[str, ...], options: dict[str, Any]) -> None:
    from simulator.web.door.shortcut import Starter, write_starter

    numbers = [(f"--{name}", options[name]) for name in ("seed", "replications", "draws", "port")]
    words = [word for name, number in numbers if number is not None for word in (name, str(number))]
    words += [word for one in sets for word in ("-S", one)] + ["--language", options["language"]]
    if what is not None and "://" not in what:
        _opened(what, sets, options)
    named = [] if what is None else ["--", what]
    starter = Starter(sys.executable, Path.cwd(), (*words, *named))
    path = write_starter(starter, options["shortcut"], options["system"], force=options["force"])
    click.echo(f"A double click on {path} opens the page.")


def _write_static(what: str | None, sets: tuple[str, ...], options: dict[str, Any]) -> None:
    from simulator.cli.progress import progress
    from simulator.web.static import plan_static
    from simulator.web.static.write import refuse_file

    assert what is not None, "it was checked"
    refuse_file(options["static"], force=options["force"])
    planned = plan_static(_opened(what, sets, options), options["over"])
    click.echo(str(planned), err=True)
    with progress(planned.steps, "replications") as step:
        written = planned.write(options["static"], options["language"], step, options["force"])
    click.echo(str(written))


def _need_web() -> None:
    """Say how to install what the page needs, where it is not there.

    Raises:
        RunError: It is not there.
    """
    from importlib import import_module

    try:
        import_module("starlette")
        import_module("uvicorn")
    except ImportError as missing:
        message = f'the page needs the extra "web" ({missing.name} is not installed): pip install "saldo[web]"'
        raise RunError(message) from missing
