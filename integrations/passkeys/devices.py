"""What is asked of devices, and the proof of what they answer, by py_webauthn (`plugin.ports.passkeys.Devices`)."""

from collections.abc import Callable
from typing import Final, TypeVar
from urllib.parse import urlsplit

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import (
    parse_authentication_credential_json,
    parse_client_data_json,
    parse_registration_credential_json,
)
from webauthn.helpers.structs import (
    AttestationConveyancePreference,
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from plugin.ports.errors import Rejected
from plugin.ports.passkeys import Claimed, Made, Owner

_NAME: Final = "Aftercare"
_LONGEST: Final = 16_384
"""Characters of an answer; those of a device are below 2,000."""
_MILLISECONDS: Final = 300_000
_CHOSEN = AuthenticatorSelectionCriteria(
    resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
)
T = TypeVar("T")


class WebAuthnDevices:
    """Passkeys of one installation: they belong to its host, and are asked for on its pages alone."""

    def __init__(self, base_url: str) -> None:
        """`base_url` is scheme, host and port, as browsers know it."""
        self.origin = base_url
        self._host = urlsplit(base_url).hostname or ""

    def ask_to_make(self, owner: Owner, challenge: bytes) -> str:
        """No attestation: whose make a device is decides nothing here."""
        return options_to_json(
            generate_registration_options(
                rp_id=self._host,
                rp_name=_NAME,
                user_id=bytes(owner.handle),
                user_name=owner.name,
                user_display_name=owner.name,
                challenge=challenge,
                timeout=_MILLISECONDS,
                attestation=AttestationConveyancePreference.NONE,
                authenticator_selection=_CHOSEN,
                exclude_credentials=[PublicKeyCredentialDescriptor(id=known) for known in owner.known],
            )
        )

    def ask_to_sign(self, challenge: bytes) -> str:
        """Of nobody in particular."""
        return options_to_json(
            generate_authentication_options(
                rp_id=self._host,
                challenge=challenge,
                timeout=_MILLISECONDS,
                user_verification=UserVerificationRequirement.REQUIRED,
            )
        )

    def read(self, answer: str) -> Claimed:
        """Without any proof."""
        return _refusing(lambda: _claimed(answer), answer)

    def made(self, answer: str, challenge: bytes) -> Made:
        """Its own statement where it gives one is checked, whoever signed that."""
        proven = _refusing(
            lambda: verify_registration_response(
                credential=answer,
                expected_challenge=challenge,
                expected_rp_id=self._host,
                expected_origin=self.origin,
                require_user_verification=True,
            ),
            answer,
        )
        return Made(proven.credential_id, proven.credential_public_key, proven.sign_count)

    def signed(self, answer: str, challenge: bytes, public_key: bytes) -> int:
        """The count is told and not judged here: `Passkey.used` is what tells of a copy."""
        proven = _refusing(
            lambda: verify_authentication_response(
                credential=answer,
                expected_challenge=challenge,
                expected_rp_id=self._host,
                expected_origin=self.origin,
                credential_public_key=public_key,
                credential_current_sign_count=0,
                require_user_verification=True,
            ),
            answer,
        )
        return proven.new_sign_count


def _claimed(answer: str) -> Claimed:
    if '"attestationObject"' in answer:
        made = parse_registration_credential_json(answer)
        return Claimed(parse_client_data_json(made.response.client_data_json).challenge, made.raw_id, None)
    given = parse_authentication_credential_json(answer)
    challenge = parse_client_data_json(given.response.client_data_json).challenge
    return Claimed(challenge, given.raw_id, given.response.user_handle)


def _refusing(prove: Callable[[], T], answer: str) -> T:
    if len(answer) > _LONGEST:
        raise Rejected("passkey")
    try:
        return prove()
    except Exception as error:
        raise Rejected("passkey") from error
