"""The rating scale of a pack, for the citizens' actors."""

from pathlib import Path

import yaml

from cli.demo.views import Scale


def load_scale(policies: Path, pack: str) -> Scale:
    """Best step first, as intake.yaml lists it."""
    steps = yaml.safe_load((policies / "packs" / pack / "intake.yaml").read_text("utf-8"))["rating"]["scale"]
    return Scale(tuple(s["code"] for s in steps), sum(bool(s["satisfied"]) for s in steps))
