"""What the soak shares with the fault suite."""

from tests.faults.conftest import fresh

__all__ = ["fresh"]  # a fixture
