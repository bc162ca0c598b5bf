"""Upkeep of a store: ``dateline check``, ``compact``, ``vacuum`` and ``pin``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.console import DONE_WITH_REJECTS, StoreOption, Unusable, app, progress, say


@app.command()
def check(
    store: StoreOption = None,
    repair: Annotated[
        bool, typer.Option("--repair", help="Mend what can be mended, and say what was done.")
    ] = False,
) -> None:
    """Say whether the atlas is whole; a line a fault, and exit 1 where there is one."""
    from dateline import upkeep

    folder = _folder(store)
    with progress("Checking") as tell:
        done = upkeep.repair(folder, tell=tell) if repair else []
        state = upkeep.check(folder, tell)
    for line in done:
        typer.echo(f"repaired: {line}")
    for fault in state.faults:
        typer.echo(f"{fault.kind}: {fault.words}")
    for line in state.leftovers:
        say(line)
    typer.echo(f"{folder}: {state.words()}")
    if state.faults:
        raise typer.Exit(DONE_WITH_REJECTS)


@app.command()
def compact(store: StoreOption = None) -> None:
    """Put the small files of many readings together; old snapshots stay readable."""
    from dateline import upkeep
    from dateline.store import Store

    folder = _folder(store)
    with progress("Compacting"):
        done = upkeep.compact(Store(folder))
    typer.echo(f"{folder}: {done.words()}")


@app.command()
def vacuum(
    store: StoreOption = None,
    keep_days: Annotated[
        float, typer.Option("--keep-days", min=0, help="Days for which every snapshot is kept.")
    ] = 30,
    keep: Annotated[
        int, typer.Option("--keep", min=1, help="Newest snapshots that are kept whatever their age.")
    ] = 10,
    pinned: Annotated[
        Path | None, typer.Option("--pinned", help="File of snapshot names to keep, a line each.")
    ] = None,
) -> None:
    """Remove old snapshots and their files; pinned ones and those being read stay."""
    from dateline import upkeep
    from dateline.store import Store

    folder = _folder(store)
    names = _names(pinned) if pinned else []
    with progress("Vacuuming"):
        done = upkeep.vacuum(Store(folder), keep_days=keep_days, keep=keep, pinned=names)
    typer.echo(f"{folder}: {done.words()}")


@app.command()
def pin(
    name: Annotated[str, typer.Argument(help="Name of the pin.")],
    snapshot: Annotated[
        str | None, typer.Option("--snapshot", help="Snapshot to keep (default: the newest).")
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take the pin away.")] = False,
    store: StoreOption = None,
) -> None:
    """Keep a snapshot, so that links to it open whatever its age."""
    from dateline.store import Store

    place = Store(_folder(store))
    if remove:
        place.unpin(name)
        typer.echo(f"{place.folder}: pin {name} taken away")
        return
    newest = place.latest()
    if newest is None:
        raise Unusable(f"{place.folder}: there is no snapshot yet")
    place.pin(name, snapshot or newest.name)
    typer.echo(f"{place.folder}: {name} keeps snapshot {snapshot or newest.name}")


def _folder(store: Path | None) -> Path:
    from dateline.homes import default_store

    folder = (store or default_store()).expanduser()
    if not folder.is_dir():
        raise Unusable(f"{folder}: there is no atlas here; name another with --store")
    return folder


def _names(path: Path) -> list[str]:
    """Snapshot names, a line each; the rest of a line behind a blank is a remark."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise Unusable(f"{path}: cannot be read ({error})") from None
    return [line.split()[0] for line in lines if line.strip() and not line.startswith("#")]
