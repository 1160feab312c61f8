"""Static files with their compressed copies beside them, where WhiteNoise looks for them."""

import os
import shutil
from pathlib import Path

from whitenoise.compress import Compressor


def pressed(source: Path, target: Path) -> Path:
    """Copy `source` to `target` with a .br and .gz beside each text file; only what changed is made anew.

    The plain copy comes last and in one stroke: the sign, also to a server starting beside, that the rest is there.
    """
    compressor = Compressor(quiet=True)
    for file in (f for f in source.rglob("*") if f.is_file()):
        copy = target / file.relative_to(source)
        if copy.exists() and copy.read_bytes() == file.read_bytes():
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        part = copy.with_name(f"{os.getpid()}-{copy.name}")
        shutil.copyfile(file, part)
        if compressor.should_compress(str(part)):
            for made in list(compressor.compress(str(part))):
                Path(made).replace(copy.with_name(copy.name + Path(made).suffix))
        part.replace(copy)
    return target
