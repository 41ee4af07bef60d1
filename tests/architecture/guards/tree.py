"""The files of the project, as a clone would hold them."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def files(root: Path = ROOT) -> Iterator[Path]:
    """Tracked files and new ones that are not ignored; without git, everything that is not hidden."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0 and listed.stdout:
        found = (root / name for name in listed.stdout.split("\0") if name)
    else:
        found = (p for p in root.rglob("*") if not any(part.startswith(".") for part in p.relative_to(root).parts))
    yield from sorted(path for path in found if path.is_file())


def python_files(root: Path, *folders: str) -> Iterator[Path]:
    """Our own modules; generated code is left out."""
    for path in files(root):
        place = path.relative_to(root).as_posix()
        if path.suffix == ".py" and not place.startswith("protos/gen/") and place.startswith(folders or ("",)):
            yield path
