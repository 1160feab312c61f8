"""Processes made as copies of one that has imported the application: each starts in a third of the time.

What runs in them is the command that was asked for, with its own environment, its own application and its own ending.
"""

import atexit
import os
import runpy
import sys
from collections.abc import Mapping, Sequence
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

from app.config import ROOT

IMPORTED = ["app", "app.serving", "flask.cli", "gunicorn.app.wsgiapp", "gunicorn.workers.gthread", __name__]
_forge = get_context("forkserver")
_forge.set_forkserver_preload(IMPORTED)


def start(command: Sequence[str], env: Mapping[str, str], log: Path) -> BaseProcess:
    """Start `python -m …` at the head of a group of its own; what it writes is added to the log."""
    assert command[:2] == [sys.executable, "-m"]
    process = _forge.Process(target=_run, args=(command[2:], dict(env), str(log)), daemon=True)
    process.start()
    return process


def _run(command: list[str], env: dict[str, str], log: str) -> None:
    os.setpgid(0, 0)
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(env)
    with open(log, "ab") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    sys.argv = command
    try:
        runpy.run_module(command[0], run_name="__main__", alter_sys=True)
    finally:
        atexit._run_exitfuncs()  # a copy ends without them, and so do those that gunicorn makes of it
