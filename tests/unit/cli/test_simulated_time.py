"""Simulated time shows, and the program does not take it by accident."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from chassis.settings import Settings
from cli.doctor.findings import look_at
from cli.doctor.machine import real_time
from cli.main import app

SIMULATED = {"HUYING_CLOCK": "sim://127.0.0.1:4711", "HUYING_DEVELOPMENT": "true", "HUYING_LANG": "en"}


def test_the_doctor_is_red_where_time_is_simulated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUYING_LANG", "en")
    assert look_at("time", lambda: real_time(Settings())).ok
    found = look_at("time", lambda: real_time(Settings(clock="sim://127.0.0.1:4711", development=True)))
    assert not found.ok
    assert "never for real cases" in found.says


def test_the_embedded_platform_serves_in_real_time_only(tmp_path: Path) -> None:
    refused = CliRunner().invoke(app, ["up"], env={**SIMULATED, "HUYING_DATA_DIR": str(tmp_path)})
    assert refused.exit_code == 2
    assert "keeps the wall clock" in refused.stderr
    assert list(tmp_path.iterdir()) == []
