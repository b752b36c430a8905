"""Devices that hold passkeys, by py_webauthn."""

from integrations.passkeys.devices import WebAuthnDevices

__all__ = ["WebAuthnDevices"]
