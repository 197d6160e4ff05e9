"""Peer: pycose. COSE_Sign1 and COSE_Mac0."""

from importlib.metadata import version

from pycose.algorithms import HMAC256, Es256, Es384, Es512, EdDSA
from pycose.headers import Algorithm
from pycose.keys import EC2Key, OKPKey, SymmetricKey
from pycose.messages import CoseMessage, Mac0Message, Sign1Message

from lines import Refused, serve, unbase64url

CURVES = {"P-256": "P_256", "P-384": "P_384", "P-521": "P_521", "Ed25519": "ED25519"}
ALGORITHMS = {"P-256": Es256, "P-384": Es384, "P-521": Es512, "Ed25519": EdDSA}


def cose_key(jwk):
    if jwk["kty"] == "oct":
        return SymmetricKey(k=unbase64url(jwk["k"]))
    kind = {"EC": EC2Key, "OKP": OKPKey}[jwk["kty"]]
    return kind(crv=CURVES[jwk["crv"]], **{name: unbase64url(jwk[name]) for name in ("x", "y", "d") if name in jwk})


def describe():
    return {"peer": "pycose", "version": version("pycose")}


def sign1(key, payload, externalAad, detached):
    payload = bytes.fromhex(payload)
    message = Sign1Message(
        phdr={Algorithm: ALGORITHMS[key["crv"]]},
        payload=None if detached else payload,
        external_aad=bytes.fromhex(externalAad),
        key=cose_key(key),
    )
    return {"message": message.encode(detached_payload=payload if detached else None).hex()}


def sign1_verify(key, message, externalAad, payload=None):
    message = received(key, message, externalAad)
    detached = payload and bytes.fromhex(payload)
    return judged(message.verify_signature, detached, message.payload or detached)


def mac0(key, payload, externalAad):
    message = Mac0Message(
        phdr={Algorithm: HMAC256},
        payload=bytes.fromhex(payload),
        external_aad=bytes.fromhex(externalAad),
        key=cose_key(key),
    )
    return {"message": message.encode().hex()}


def mac0_verify(key, message, externalAad):
    message = received(key, message, externalAad)
    return judged(message.verify_tag, None, message.payload)


def received(key, message, external_aad):
    try:
        message = CoseMessage.decode(bytes.fromhex(message))
    except Exception as malformed:
        raise Refused(str(malformed)) from malformed
    message.key = cose_key(key)
    message.external_aad = bytes.fromhex(external_aad)
    return message


def judged(check, detached, payload):
    if not check(detached):
        raise Refused("the signature or tag is not the message's")
    return {"payload": payload.hex()}


serve({
    "describe": describe,
    "cose-sign1": sign1,
    "cose-sign1-verify": sign1_verify,
    "cose-mac0": mac0,
    "cose-mac0-verify": mac0_verify,
})
