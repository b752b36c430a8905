"""The public key that this installation signs case files with, where anybody finds it (RFC 8615, RFC 8037)."""

from base64 import urlsafe_b64encode

from flask import Blueprint, Response, jsonify

from plugin.domain.case_file.signed import key_id
from plugin.domain.errors import NotFound
from plugin.web.deps import deps

PATH = "/.well-known/aftercare-case-file-key.json"
_CACHE = "public, max-age=3600"

blueprint = Blueprint("case_file_key", __name__)


@blueprint.get(PATH)
def key() -> Response:
    """A JSON Web Key Set with the one key, also in hexadecimal as `aftercare case verify --key` takes it."""
    signer = deps().signer
    if signer is None:
        raise NotFound
    public = signer.public_key
    found = {
        "kty": "OKP",
        "crv": "Ed25519",
        "use": "sig",
        "alg": "EdDSA",
        "kid": key_id(public),
        "x": urlsafe_b64encode(public).rstrip(b"=").decode(),
        "hex": public.hex(),
    }
    response = jsonify({"keys": [found]})
    response.headers["Cache-Control"] = _CACHE
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
