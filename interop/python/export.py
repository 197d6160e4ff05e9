"""An export of a wallet, read without any of our code.

    export.py COFFRET

Drives the program through a story: two documents are issued and added, one is shown twice to a registered reader,
once refused, one entry of the log is deleted, all is exported. Then reads the export by what is documented of it
(wallet-core/holder/src/export.rs, src/log.rs): opens it, compares every value with what was issued, verifies the
issuers' signatures and digests, the log's chain and its head, and who asked by the reader's own signed request.
A second export is of the same wallet with one document and one entry of the log damaged: it says what it lacks, and
proves the rest.
"""

import json
import sqlite3
import subprocess
import sys
import tempfile
from base64 import urlsafe_b64decode
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import cbor2
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.x509 import load_der_x509_certificate, load_pem_x509_certificate

PASSPHRASE = "quatre mots jamais dits"
LICENCE = "org.iso.18013.5.1.mDL"
ISO = "org.iso.18013.5.1"
PEOPLE = [("Roy", "Zoé"), ("Roy", "Éloi")]
# One grey pixel, in base64url: a JPEG that draws.
PORTRAIT = (
    "_9j_4AAQSkZJRgABAQAAAQABAAD_2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkz"
    "ODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P_wAALCAABAAEBAREA_8QAFAABAAAAAAAA"
    "AAAAAAAAAAAAAP_EABQQAQAAAAAAAAAAAAAAAAAAAAD_2gAIAQEAAD8AP__Z"
)
# What the reader asks for, and whether it means to keep it.
ASKED = {"family_name": True, "given_name": False, "birth_date": False, "portrait": False}


def licence(family, given):
    """What is mandatory of a licence, and an age."""
    return {
        ISO: {
            "family_name": family,
            "given_name": given,
            "birth_date": "1990-05-17",
            "issue_date": "2024-01-02",
            "expiry_date": "2032-01-02",
            "issuing_country": "CA",
            "issuing_jurisdiction": "CA-QC",
            "issuing_authority": "SAAQ",
            "document_number": "R123456789012",
            "portrait": {"bytes": PORTRAIT},
            "driving_privileges": [],
            "un_distinguishing_sign": "CDN",
            "age_over_18": True,
        }
    }


def story(coffret, folder):
    """Both exports' bytes, and the certificates of the issuer's signer and of the reader."""
    pki, pin, passphrase = (folder / name for name in ("pki", "pin", "passphrase"))
    pin.write_text("271828\n")
    passphrase.write_text(PASSPHRASE + "\n")
    wallet = ["--wallet", folder / "wallet", "--pin-file", pin, "--secrets", f"file:{folder / 'secrets'}"]

    def run(*arguments):
        return subprocess.run([coffret, "--json", *arguments], check=True, stdout=subprocess.PIPE).stdout

    run("pki", pki, "--purposes", "identity")
    run("init", *wallet)
    run("trust", "add", pki / "iaca.pem", *wallet)
    run("trust", "add", pki / "registry.pem", "--purpose", "registry", *wallet)
    run("trust", "add", pki / "readers.cose", *wallet)
    for number, person in enumerate(PEOPLE):
        data, keys, credential = (folder / f"{name}-{number}" for name in ("data", "keys", "credential"))
        data.write_text(json.dumps(licence(*person)))
        keys.write_bytes(run("keys", "--count", "2", *wallet))
        run("issue", "--type", LICENCE, "--data", data, "--pki", pki, "--keys", keys, "--out", credential)
        run("add", credential, *wallet)
    request = folder / "request"
    request.write_text(json.dumps({"docRequests": [{"docType": LICENCE, "nameSpaces": {ISO: ASKED}}]}))
    reader = ["read", "--request", request, "--link", "stdio", "--trust", pki / "iaca.pem", "--reader-pki", pki]
    for approve in ("required", "none", "required"):
        holder = ["present", "--link", "stdio", "--approve", approve, "--result", folder / "result", *wallet]
        converse([coffret, *holder], [coffret, *reader, "--result", folder / "verdict"])
    oldest = json.loads(run("log", *wallet))["entries"][-1]
    run("log", "delete", str(oldest["id"]), *wallet)
    exports = []
    for name, lacks in (("export", []), ("partial", ["document", "log"])):
        if lacks:
            spoil(folder / "wallet" / "store")
        said = json.loads(run("export", folder / name, "--passphrase-file", passphrase, *wallet))
        assert said["complete"] == (not lacks) and [found["kind"] for found in said["unreadable"]] == lacks
        exports.append((folder / name).read_bytes())
    signer, reader = (load_pem_x509_certificate((pki / name).read_bytes()) for name in ("ds.pem", "reader.pem"))
    return exports, signer, reader


def spoil(store):
    """Overwrites the sealed bodies of the first document's record (table 3) and of the second entry of the log (8)."""
    with sqlite3.connect(store) as file:
        for table, place in ((3, 0), (8, 1)):
            rows = file.execute("SELECT a FROM a WHERE b = ? ORDER BY a", (table,)).fetchall()
            file.execute("UPDATE a SET g = zeroblob(length(g)) WHERE a = ?", rows[place])
    file.close()


def converse(one, other):
    """Two programs, each the other's input."""
    pipe, quiet = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(one, stdin=pipe, stdout=pipe, stderr=quiet) as first:
        with subprocess.Popen(other, stdin=first.stdout, stdout=first.stdin, stderr=quiet) as second:
            first.stdin.close()
            first.stdout.close()
            second.wait()
        first.wait()


def opened(export, passphrase):
    header, sealed = cbor2.loads(export)
    said = cbor2.loads(header)
    assert (said["format"], said["version"]) == ("coffret-export", "1.0")
    salt = said["salt"]
    argon2 = Argon2id(salt=salt, length=32, iterations=said["passes"], lanes=1, memory_cost=said["memory"])
    secret = argon2.derive(passphrase.encode())
    key = HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"Coffret export").derive(secret)
    return cbor2.loads(AESGCM(key).decrypt(said["nonce"], sealed, header))


def verify(key, sign1, detached=None):
    """ES256 over the Sig_structure of RFC 9052; the payload."""
    protected, _, payload, signature = sign1
    assert cbor2.loads(protected) == {1: -7}
    payload = detached if payload is None else payload
    r, s = (int.from_bytes(half, "big") for half in (signature[:32], signature[32:]))
    message = cbor2.dumps(["Signature1", protected, b"", payload])
    key.verify(encode_dss_signature(r, s), message, ec.ECDSA(SHA256()))
    return payload


def embedded(tagged):
    assert tagged.tag == 24
    return cbor2.loads(tagged.value)


def plain(value):
    """A value as our JSON input has it."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def check_document(document, person, signer):
    expected = licence(*person)[ISO] | {"portrait": urlsafe_b64decode(PORTRAIT)}
    shown = {name: plain(value) for name, value in document["elements"][ISO].items()}
    assert shown == expected, "values"
    issuer_signed = document["issuerSigned"]
    certificate = issuer_signed["issuerAuth"][1][33]
    assert load_der_x509_certificate(certificate) == signer
    mso = embedded(cbor2.loads(verify(signer.public_key(), issuer_signed["issuerAuth"])))
    assert mso["docType"] == document["docType"] == LICENCE
    for namespace, items in issuer_signed["nameSpaces"].items():
        for item in items:
            said = embedded(item)
            digest = sha256(cbor2.dumps(item)).digest()
            assert digest == mso["valueDigests"][namespace][said["digestID"]], "digest"
            assert plain(said["elementValue"]) == shown[said["elementIdentifier"]]
    assert not document["specimen"]


def check_log(log):
    """The contents of the entries by their numbers, how many are deleted, and how many did not read."""
    point = log["key"]
    assert (point[1], point[-1]) == (2, 1)
    x, y = (int.from_bytes(point[label], "big") for label in (-2, -3))
    key = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    head = cbor2.loads(verify(key, log["head"]))
    contents, deleted, unreadable, link = {}, 0, 0, bytes(32)
    for number, (inner, salt, content) in enumerate(log["entries"]):
        assert (salt is None) == (content is None), "half an entry"
        if inner is None:
            assert salt is None, "an entry without its digest"
            unreadable += 1
        elif salt is None:
            deleted += 1
        else:
            assert sha256(salt + content).digest() == inner, "entry"
            contents[number] = cbor2.loads(content)
        link = sha256(link + (inner or b"")).digest()
    assert head["length"] == len(log["entries"]) and head["link"] == link, "chain"
    assert isinstance(head["signed"], datetime)
    return contents, deleted, unreadable


def check_evidence(content, reader):
    """The reader itself has signed what it asked for, in that session, and the entry says the same."""
    assert ("reader" in content) == ("evidence" in content), "a reader and its proof"
    logged = [element for document in content["documents"] for of in document["elements"].values() for element in of]
    is_shown = any(shown is not None for _, _, shown in logged)
    assert is_shown == (content["outcome"] == "shared"), "what is shared is shown"
    if "evidence" not in content:
        assert not content["documents"] and content["outcome"] == "failed", "a request that nobody read"
        return
    evidence = content["evidence"]
    transcript = embedded(evidence["transcript"])
    requests = cbor2.loads(evidence["request"])["docRequests"]
    for asked, document in zip(requests, content["documents"], strict=True):
        authentication = cbor2.dumps(["ReaderAuthentication", transcript, asked["itemsRequest"]])
        detached = cbor2.dumps(cbor2.CBORTag(24, authentication))
        assert load_der_x509_certificate(asked["readerAuth"][1][33]) == reader
        verify(reader.public_key(), asked["readerAuth"], detached)
        items = embedded(asked["itemsRequest"])
        assert items["docType"] == document["docType"]
        assert items["nameSpaces"].keys() == document["elements"].keys()
        for namespace, elements in items["nameSpaces"].items():
            logged = document["elements"][namespace]
            assert sorted(elements) == sorted(name for name, _, _ in logged)
            # Its registration may say that it keeps the others.
            assert all(kept or not elements[name] for name, kept, _ in logged), "kept"


def check_partial(content, signer, whole, whole_log):
    """The wallet could not read the first document and the second entry of its log."""
    assert [(found["kind"], found["rule"]) for found in content["unreadable"]] == [
        (kind, "wallet-record-damaged") for kind in ("document", "log")
    ]
    (document,) = content["documents"]
    check_document(document, PEOPLE[1], signer)
    log = content["log"]
    contents, deleted, unreadable = check_log(log)
    assert contents == {2: whole[2]} and (deleted, unreadable) == (1, 1), "the others, at their numbers"
    assert log["entries"][1] == [None, None, None] and log["key"] == whole_log["key"]
    # What reads is not made unreadable, nor deleted what did not read.
    for number, entry in ((0, [None] * 3), (2, [None] * 3), (1, [bytes(32), None, None]), (1, whole_log["entries"][1])):
        entries = list(log["entries"])
        entries[number] = entry
        fails(AssertionError, lambda: check_log(log | {"entries": entries}))


def fails(error, does):
    try:
        does()
    except error:
        return
    raise AssertionError(f"no {error.__name__}")


def main(coffret):
    with tempfile.TemporaryDirectory() as folder:
        (export, partial), signer, reader = story(Path(coffret).resolve(), Path(folder))
    fails(InvalidTag, lambda: opened(export, PASSPHRASE + "!"))
    content = opened(export, PASSPHRASE)
    assert "cannot be presented" in content["notice"]["en"]
    assert [person["name"] for person in content["people"]] == [f"{given} {family}" for family, given in PEOPLE]
    people = [person["id"] for person in content["people"]]
    assert [document["person"] for document in content["documents"]] == people
    for document, person in zip(content["documents"], PEOPLE, strict=True):
        check_document(document, person, signer)

    assert content["unreadable"] == []
    log = content["log"]
    by_number, deleted, unreadable = check_log(log)
    contents = list(by_number.values())
    assert [entry["outcome"] for entry in contents] == ["refused", "shared"]
    assert (list(by_number), deleted, unreadable) == ([1, 2], 1, 0)
    for entry in contents:
        assert entry["reader"]["standing"] == "verified"
        check_evidence(entry, reader)
    values = [name for person in PEOPLE for name in person]
    assert not any(value.encode() in cbor2.dumps(log) for value in values), "a value in the log"

    shared = contents[-1]
    without = {name: said for name, said in shared.items() if name != "evidence"}
    fails(AssertionError, lambda: check_evidence(without, reader))
    fails(AssertionError, lambda: check_evidence(without | {"documents": []}, reader))
    nobody = {name: said for name, said in without.items() if name != "reader"}
    fails(AssertionError, lambda: check_evidence(nobody, reader))
    failed = nobody | {"documents": [], "outcome": "failed"}
    check_evidence(failed, reader)
    fails(AssertionError, lambda: check_evidence(failed | {"outcome": "refused"}, reader))
    fails(AssertionError, lambda: check_evidence(shared | {"outcome": "refused"}, reader))
    document = shared["documents"][0]
    logged = [[name, False, shown] for name, _, shown in document["elements"][ISO]]
    nothing_kept = document | {"elements": {ISO: logged}}
    fails(AssertionError, lambda: check_evidence(shared | {"documents": [nothing_kept]}, reader))

    fails(AssertionError, lambda: check_log(log | {"entries": log["entries"][1:]}))
    fails(AssertionError, lambda: check_log(log | {"entries": log["entries"][::-1]}))
    check_partial(opened(partial, PASSPHRASE), signer, by_number, log)
    protected, unprotected, _, signature = log["head"]
    forged = cbor2.dumps({"length": 0, "link": bytes(32), "signed": contents[0]["time"]})
    fails(InvalidSignature, lambda: check_log(log | {"head": [protected, unprotected, forged, signature]}))
    print(f"{len(export)} bytes, {len(people)} documents, {len(contents)} entries of the log and {deleted} deleted: good")


if __name__ == "__main__":
    main(*sys.argv[1:])
