"""Peer: pymdoccbor. It issues, and verifies what an issuer signed; it knows no device authentication."""

import datetime
from importlib.metadata import version

import cbor2
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pycose.keys import CoseKey
from pymdoccbor.mdoc.issuer import MdocCborIssuer
from pymdoccbor.mdoc.verifier import MdocCbor
from pymdoccbor.settings import CBORTAGS_ATTR_MAP
from pymdoccbor.x509 import selfsigned_x509cert

from lines import Refused, base64url, serve, unbase64url

CURVES = {"P-256": "P_256", "P-384": "P_384", "P-521": "P_521"}
ALGORITHMS = {"P-256": "ES256", "P-384": "ES384", "P-521": "ES512"}


def cose_key(jwk):
    key = {"KTY": "EC2", "CURVE": CURVES[jwk["crv"]], "ALG": ALGORITHMS[jwk["crv"]]}
    return key | {name.upper(): unbase64url(jwk[name]) for name in ("x", "y", "d") if name in jwk}


def value_of(form, name=None):
    """An element's value, as the library takes it: it tags the dates whose names it knows by itself."""
    if isinstance(form, list):
        return [value_of(item) for item in form]
    if not isinstance(form, dict):
        return form
    if form.get("tag") == 1004:
        return form["value"] if name in CBORTAGS_ATTR_MAP else cbor2.CBORTag(1004, form["value"])
    if "bytes" in form:
        return unbase64url(form["bytes"])
    return {name: value_of(item, name) for name, item in form.items()}


def form_of(value):
    if isinstance(value, list):
        return [form_of(item) for item in value]
    if isinstance(value, dict):
        return {name: form_of(item) for name, item in value.items()}
    if isinstance(value, datetime.date):
        return {"tag": 1004, "value": value.isoformat()}
    if isinstance(value, bytes):
        return {"bytes": base64url(value)}
    return value


def describe():
    return {"peer": "pymdoccbor", "version": version("pymdoccbor")}


def pki():
    """Its own document signer has no root: the certificate signs itself."""
    secret = ec.generate_private_key(ec.SECP256R1()).private_numbers()
    number = lambda n: base64url(n.to_bytes(32, "big"))
    public = secret.public_numbers
    jwk = {"kty": "EC", "crv": "P-256", "x": number(public.x), "y": number(public.y), "d": number(secret.private_value)}
    now = datetime.datetime.now(datetime.timezone.utc)
    subject = {
        "country_name": "CA",
        "state_or_province_name": "CA-QC",
        "locality_name": "Québec",
        "organization_name": "Interop",
        "common_name": "pymdoccbor signer",
        "not_valid_before": now - datetime.timedelta(days=1),
        "not_valid_after": now + datetime.timedelta(days=300),
        "san_url": "https://issuer.example",
    }
    der = selfsigned_x509cert(subject, CoseKey.from_dict(cose_key(jwk)))
    pem = x509.load_der_x509_certificate(der).public_bytes(serialization.Encoding.PEM).decode()
    return {"signer": {"key": jwk, "chain": [pem]}}


def issue(docType, nameSpaces, deviceKey, signer, validity):
    issuer = MdocCborIssuer(private_key=cose_key(signer["key"]), alg=ALGORITHMS[signer["key"]["crv"]])
    mdoc = issuer.new(
        doctype=docType,
        data={name: value_of(elements) for name, elements in nameSpaces.items()},
        validity={"issuance_date": validity["from"][:10], "expiry_date": validity["until"][:10]},
        devicekeyinfo=cose_key(deviceKey),
        x509_chain=[pem.encode() for pem in signer["chain"]],
    )
    return {"issuerSigned": cbor2.dumps(mdoc["documents"][0]["issuerSigned"]).hex()}


def verify(docType, issuerSigned, roots):
    document = {"docType": docType, "issuerSigned": cbor2.loads(bytes.fromhex(issuerSigned))}
    mdoc = MdocCbor()
    mdoc.loads(cbor2.dumps({"version": "1.0", "documents": [document], "status": 0}))
    if not mdoc.verify([x509.load_pem_x509_certificate(pem.encode()) for pem in roots]):
        raise Refused("signature, certificate or digests: see standard error")
    return {"documents": [{"docType": each.doctype, "nameSpaces": disclosed(each)} for each in mdoc.documents]}


def disclosed(document):
    """Decoded here, because the library drops the tags."""
    items = {
        name: [cbor2.loads(item.value) for item in items]
        for name, items in document.issuersigned.namespaces.items()
    }
    return {
        name: {item["elementIdentifier"]: form_of(item["elementValue"]) for item in items}
        for name, items in items.items()
    }


serve({"describe": describe, "pki": pki, "issue": issue, "verify": verify})
