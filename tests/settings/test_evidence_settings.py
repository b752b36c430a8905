"""What the environment says of evidence."""

from __future__ import annotations

from datetime import timedelta

import pytest

from plugin.domain.evidence import Limits
from plugin.ports.files import Bucket
from plugin.settings import Settings, SettingsError

BUCKET = {
    "FILES_BUCKET": "evidence",
    "FILES_REGION": "eu-central-1",
    "FILES_ACCESS_KEY": "AK1",
    "FILES_SECRET_KEY": "hunter2",
}


def faults(**environ: str) -> str:
    with pytest.raises(SettingsError) as caught:
        Settings.from_env(environ)
    return "\n".join(caught.value.faults)


def test_without_any_variable_files_stay_here_and_the_usual_limits_hold() -> None:
    said = Settings.from_env({}).evidence
    assert (said.bucket, said.scanner, said.limits) == (None, None, Limits())


@pytest.mark.parametrize(("threads", "slots"), [("16", 4), ("8", 2), ("1", 1)])
def test_uploads_get_a_quarter_of_the_threads(threads: str, slots: int) -> None:
    assert Settings.from_env({"WEB_THREADS": threads}).evidence.slots == slots


def test_uploads_cannot_take_every_thread() -> None:
    assert "UPLOAD_SLOTS must be a whole number from 1 to 7" in faults(WEB_THREADS="8", UPLOAD_SLOTS="8")


def test_every_limit_can_be_set() -> None:
    limits = Settings.from_env(
        {
            "EVIDENCE_FILE_MB": "50",
            "EVIDENCE_FILES": "3",
            "EVIDENCE_CLAIM_MB": "100",
            "EVIDENCE_SHOP_DAY_MB": "1000",
            "EVIDENCE_DAYS": "365",
        }
    ).evidence.limits
    megabyte = 1024 * 1024
    assert limits == Limits(50 * megabyte, 3, 100 * megabyte, 1000 * megabyte, kept=timedelta(days=365))


@pytest.mark.parametrize(
    ("given", "meant"), [({}, None), ({"FILES_ENDPOINT": "http://minio:9000/"}, "http://minio:9000")]
)
def test_a_bucket_is_amazons_or_at_an_endpoint(given: dict[str, str], meant: str | None) -> None:
    said = Settings.from_env(BUCKET | given).evidence.bucket
    assert said == Bucket("evidence", "eu-central-1", meant, "AK1", "hunter2")
    assert "hunter2" not in repr(Settings.from_env(BUCKET))


@pytest.mark.parametrize("missing", BUCKET)
def test_a_bucket_needs_everything(missing: str) -> None:
    told = faults(**{name: text for name, text in BUCKET.items() if name != missing})
    assert missing in told
    assert "hunter2" not in told


@pytest.mark.parametrize("endpoint", ["minio:9000", "ftp://x", "https://user:pw@x", "https://x/path"])
def test_an_endpoint_is_an_address(endpoint: str) -> None:
    assert "FILES_ENDPOINT must be an address" in faults(**BUCKET, FILES_ENDPOINT=endpoint)


@pytest.mark.parametrize("address", ["/run/clamav/clamd.ctl", "clamav:3310", "[::1]:3310"])
def test_a_scanner_has_an_address(address: str) -> None:
    assert Settings.from_env({"CLAMD": address}).evidence.scanner == address


@pytest.mark.parametrize("address", ["clamav", "clamav:x", ":3310", "clamav:70000"])
def test_nothing_else_is_a_scanners_address(address: str) -> None:
    assert "CLAMD must be host:port" in faults(CLAMD=address)
