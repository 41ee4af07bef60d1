"""Runs the tools that guard the sources, on the project or on a bad example."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.architecture.guards.tree import ROOT

_BIN = Path(sys.executable).parent
PROTOS = ROOT / "protos"
BASELINE = PROTOS / ".baseline.binpb"


def run(tool: str, *arguments: str, cwd: Path = ROOT, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [_BIN / tool, *arguments], cwd=cwd, input=stdin, capture_output=True, text=True, check=False, timeout=300
    )


def ruff(code: str, place: str) -> list[str]:
    """Rules that the code breaks when it lies at the place."""
    answer = run("ruff", "check", "--output-format=concise", "--stdin-filename", place, "-", stdin=code)
    return [line.split()[1] for line in answer.stdout.splitlines() if line.startswith(place)]


def mypy(code: str, tmp: Path) -> str:
    """What mypy says with the project's settings, and whether it refuses."""
    (tmp / "example.py").write_text(code)
    settings = str(ROOT / "pyproject.toml")
    return run("mypy", "--config-file", settings, "--cache-dir", str(tmp / "cache"), "example.py", cwd=tmp).stdout


def import_linter(root: Path) -> tuple[list[str], list[str]]:
    """The contracts kept and those broken in a tree."""
    answer = run("lint-imports", "--no-cache", "--config", str(ROOT / "pyproject.toml"), cwd=root)
    lines = answer.stdout.splitlines()
    kept = [line.removesuffix(" KEPT").strip() for line in lines if line.endswith(" KEPT")]
    broken = [line.removesuffix(" BROKEN").strip() for line in lines if line.endswith(" BROKEN")]
    assert kept or broken, answer.stdout + answer.stderr
    return kept, broken


def buf(*arguments: str, protos: Path = PROTOS) -> str:
    """Empty when buf has nothing to say."""
    answer = run("buf", *arguments, cwd=protos)
    return (answer.stdout + answer.stderr) if answer.returncode else ""


def copy_of_protos(target: Path) -> Path:
    shutil.copytree(PROTOS / "huying", target / "huying")
    shutil.copy(PROTOS / "buf.yaml", target)
    return target


def differences(ours: Path, fresh: Path) -> list[str]:
    """Files of generated code that are missing, left over or other than freshly generated."""
    names = {p.relative_to(root) for root in (ours, fresh) for p in root.rglob("*.py*") if p.suffix in (".py", ".pyi")}
    return sorted(name.as_posix() for name in names if _content(ours / name) != _content(fresh / name))


def _content(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
