"""Generates the Python code of the contracts into a folder: python protos/generate.py protos/gen."""

import sys
from importlib import resources
from pathlib import Path

from grpc_tools import protoc

PROTOS = Path(__file__).resolve().parent


def generate(target: Path) -> None:
    """Messages, their type stubs, and one gRPC module per service. Raises RuntimeError when protoc refuses."""
    target.mkdir(parents=True, exist_ok=True)
    for stale in target.rglob("*_pb2*.py*"):
        stale.unlink()
    sources = sorted(str(path.relative_to(PROTOS)) for path in (PROTOS / "huying").rglob("*.proto"))
    includes = [f"-I{PROTOS}", f"-I{resources.files('grpc_tools') / '_proto'}"]
    outputs = [f"--python_out={target}", f"--grpc_python_out={target}", f"--pyi_out={target}"]
    if protoc.main(["protoc", *includes, *outputs, *sources]) != 0:
        raise RuntimeError("protoc refused the contracts")
    for module in target.rglob("*_pb2_grpc.py"):
        if "Servicer" not in module.read_text():  # a file without a service needs no gRPC module
            module.unlink()


if __name__ == "__main__":
    generate(Path(sys.argv[1]).resolve())
