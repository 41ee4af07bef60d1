"""The embedded provider does what every provider must."""

import pytest

from services.notify.adapters.recorder import Recorder
from services.notify.application.ports import Provider
from services.notify.domain.message import Medium
from tests.contract.provider_suite import ProviderSuite
from tests.integration.notify.conftest import Desk


class TestRecorder(ProviderSuite):
    @pytest.fixture(params=Medium)
    def provider(self, desk: Desk, request: pytest.FixtureRequest) -> Provider:
        recorder = Recorder("recorder", request.param)
        recorder.use(desk.runtime.engine)
        return recorder
