"""The tools that `make test` runs before the tests are set so that they find what they should."""

import importlib.util
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from cli.province import SERVICES
from tests.architecture.guards import tools
from tests.architecture.guards.tree import ROOT

# -- imports -----------------------------------------------------------------------------------------------------------

_VIOLATIONS = {
    "Services never import each other": ("services/intake/adapters/a.py", "import services.sla.adapters"),
    "Inside a service imports go one way": ("services/intake/domain/b.py", "import services.intake.application"),
    "A domain reaches no technology, not even through others": ("services/sla/domain/c.py", "import chassis.postgres"),
    "An application imports no technology": ("services/notify/application/d.py", "import grpc"),
    "The chassis knows no service": ("chassis/e.py", "import services.intake"),
    "Services do not know the program": ("services/dispatch/entrypoints/f.py", "import cli"),
    "gRPC and eventlet never meet in one process": ("chassis/grpckit/g.py", "import eventlet"),
    "What runs on eventlet reaches no gRPC": ("chassis/rabbit/j.py", "import grpc"),
    "Only the search of knowledge speaks to Elasticsearch": (
        "services/knowledge/application/h.py",
        "import elasticsearch",
    ),
    "What starts servers knows neither the services nor the rest of the program": (
        "cli/servers/i.py",
        "import cli.stack",
    ),
}


def test_the_import_contracts_hold() -> None:
    kept, broken = tools.import_linter(ROOT)
    assert broken == []
    assert set(kept) == set(_VIOLATIONS), "a new contract needs its seeded violation"


def test_every_import_contract_can_break(tmp_path: Path) -> None:
    _small_tree(tmp_path)
    assert tools.import_linter(tmp_path)[1] == []
    for place, code in _VIOLATIONS.values():
        (tmp_path / place).write_text(code)
    assert set(tools.import_linter(tmp_path)[1]) == set(_VIOLATIONS)


def _named_by_contracts() -> list[str]:
    """The folders of all our modules that the contracts speak of."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    lists = ("modules", "source_modules", "forbidden_modules", "containers")
    named = {m for c in settings["contracts"] for key in lists for m in c.get(key, []) if "*" not in m}
    return sorted(m.replace(".", "/") for m in named if m.partition(".")[0] in {"chassis", "cli", "services"})


def _small_tree(root: Path) -> None:
    layers = ("entrypoints", "adapters", "application", "domain")
    packages = [f"services/{service}/{layer}" for service in SERVICES for layer in layers]
    for package in (*_named_by_contracts(), *packages):
        for folder in (*reversed(Path(package).parents), Path(package)):
            (root / folder).mkdir(exist_ok=True)
            (root / folder / "__init__.py").touch()
    (root / "chassis/postgres").mkdir()
    (root / "chassis/postgres/__init__.py").touch()
    (root / "chassis/postgres/__init__.py").write_text("import psycopg")


# -- style and types ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ("import os\n", "F401"),
        ("from datetime import datetime\n\nx = datetime.now()\n", "DTZ005"),
        ("def f(x: list = []) -> None: ...\n", "B006"),
        ("print(1)\n", "T201"),
        ("import subprocess\n\nsubprocess.run('ls', shell=True)\n", "S602"),
    ],
)
def test_ruff_finds(code: str, rule: str) -> None:
    assert rule in tools.ruff(code, "services/intake/domain/example.py")


def test_mypy_is_strict(tmp_path: Path) -> None:
    found = tools.mypy("def f(x):\n    return x\n\n\ny: int = 'one'\n", tmp_path)
    assert "no-untyped-def" in found
    assert "assignment" in found


def test_a_warning_fails_a_test(tmp_path: Path) -> None:
    example = tmp_path / "test_example.py"
    example.write_text("import warnings\n\ndef test_warns():\n    warnings.warn('old', DeprecationWarning)\n")
    arguments = ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(tmp_path), "-p", "no:cacheprovider", "-q"]
    answer = subprocess.run(
        [sys.executable, "-m", "pytest", *arguments, str(example)], capture_output=True, text=True, check=False,
        cwd=tmp_path,
    )  # fmt: skip
    assert answer.returncode == 1, answer.stdout + answer.stderr
    assert "DeprecationWarning: old" in answer.stdout


# -- contracts ---------------------------------------------------------------------------------------------------------


def test_the_contracts_have_buf_s_style_and_break_nothing_since_the_baseline() -> None:
    assert tools.buf("lint") == ""
    assert tools.buf("breaking", "--against", str(tools.BASELINE)) == ""


def test_a_contract_without_style_is_found(tmp_path: Path) -> None:
    protos = tools.copy_of_protos(tmp_path)
    _replace(protos, "message ProgressLine {", "message progress_of_case {}\n\nmessage ProgressLine {")
    assert "progress_of_case" in tools.buf("lint", protos=protos)


def test_a_removed_field_is_found(tmp_path: Path) -> None:
    protos = tools.copy_of_protos(tmp_path)
    _replace(protos, "  string identity_number = 4;\n", "")
    assert "identity_number" in tools.buf("breaking", "--against", str(tools.BASELINE), protos=protos)


def test_the_generated_code_is_that_of_the_contracts(tmp_path: Path) -> None:
    _generator().generate(tmp_path)
    assert tools.differences(ROOT / "protos/gen", tmp_path) == [], "run `make protos`"


def test_generated_code_of_other_contracts_is_found(tmp_path: Path) -> None:
    for root in ("ours", "fresh"):
        (tmp_path / root).mkdir()
        (tmp_path / root / "same_pb2.py").write_text("a = 1")
    (tmp_path / "ours/changed_pb2.py").write_text("a = 1")
    (tmp_path / "fresh/changed_pb2.py").write_text("a = 2")
    (tmp_path / "fresh/new_pb2.pyi").write_text("a: int")
    (tmp_path / "ours/old_pb2.py").write_text("a = 1")
    assert tools.differences(tmp_path / "ours", tmp_path / "fresh") == ["changed_pb2.py", "new_pb2.pyi", "old_pb2.py"]


def _generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_protos", ROOT / "protos/generate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _replace(protos: Path, old: str, new: str) -> None:
    path = protos / "huying/intake/v1/intake.proto"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
