// Peer: authlete cbor. It issues, and signs and verifies COSE_Sign1; it neither presents nor verifies documents.
package interop

import com.authlete.cbor.CBORByteArray
import com.authlete.cbor.CBORDecoder
import com.authlete.cbor.CBORString
import com.authlete.cbor.CBORTaggedItem
import com.authlete.cose.COSEEC2Key
import com.authlete.cose.COSEKey
import com.authlete.cose.COSEProtectedHeaderBuilder
import com.authlete.cose.COSESign1
import com.authlete.cose.COSESign1Builder
import com.authlete.cose.COSESigner
import com.authlete.cose.COSEVerifier
import com.authlete.cose.SigStructureBuilder
import com.authlete.cose.constants.COSEAlgorithms
import com.authlete.mdoc.IssuerSignedBuilder
import com.authlete.mdoc.ValidityInfo
import java.security.KeyFactory
import java.security.cert.CertificateFactory
import java.security.cert.X509Certificate
import java.security.spec.PKCS8EncodedKeySpec
import java.security.spec.X509EncodedKeySpec
import java.time.ZonedDateTime
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.booleanOrNull
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import kotlinx.serialization.json.put

val authlete: Verbs = mapOf(
    "describe" to { describe("authlete", COSEKey::class.java) },
    "issue" to ::issue,
    "cose-sign1" to ::sign1,
    "cose-sign1-verify" to ::sign1Verify,
)

private val ALGORITHMS = mapOf(
    "P-256" to COSEAlgorithms.ES256,
    "P-384" to COSEAlgorithms.ES384,
    "P-521" to COSEAlgorithms.ES512,
    "Ed25519" to COSEAlgorithms.EdDSA,
)

/** The tag of COSE_Sign1. */
private const val SIGN1 = 18

private fun key(jwk: JsonObject): COSEKey = COSEKey.fromJwk(jwk.mapValues { it.value.jsonPrimitive.content })

private fun certificate(pem: String) =
    CertificateFactory.getInstance("X.509").generateCertificate(pem.byteInputStream()) as X509Certificate

private suspend fun issue(question: JsonObject): JsonObject {
    val signer = question.item("signer")
    val validity = question.item("validity")
    val time = { name: String -> ZonedDateTime.parse(validity.text(name)) }
    val issuerSigned = IssuerSignedBuilder()
        .setDocType(question.text("docType"))
        .setClaims(question.item("nameSpaces").mapValues { valueOf(it.value) })
        .setValidityInfo(ValidityInfo(time("signed"), time("from"), time("until")))
        .setDeviceKey(key(question.item("deviceKey")))
        .setIssuerKey(key(signer.item("key")) as COSEEC2Key)
        .setIssuerCertChain(signer.texts("chain").map(::certificate))
        .build()
    return buildJsonObject { put("issuerSigned", hex(issuerSigned.encode())) }
}

private fun valueOf(form: JsonElement): Any? = when (form) {
    is JsonNull -> null
    is JsonPrimitive -> if (form.isString) form.content else form.booleanOrNull ?: form.long
    is JsonArray -> form.map(::valueOf)
    is JsonObject -> when {
        "bytes" in form -> CBORByteArray(unbase64url(form.text("bytes")))
        "tag" in form -> CBORTaggedItem(form.getValue("tag").jsonPrimitive.long, CBORString(form.text("value")))
        else -> form.mapValues { valueOf(it.value) }
    }
}

private suspend fun sign1(question: JsonObject): JsonObject {
    val key = question.item("key")
    val algorithm = ALGORITHMS.getValue(key.text("crv"))
    val header = COSEProtectedHeaderBuilder().alg(algorithm).build()
    val toBeSigned = SigStructureBuilder().signature1()
        .bodyAttributes(header)
        .externalData(question.hex("externalAad"))
        .payload(question.hex("payload"))
        .build()
    val message = COSESign1Builder().protectedHeader(header)
        .signature(COSESigner(privateKey(key)).sign(toBeSigned, algorithm))
    if (!question.flag("detached")) message.payload(question.hex("payload"))
    return buildJsonObject { put("message", hex(CBORTaggedItem(SIGN1, message.build()).encode())) }
}

private suspend fun sign1Verify(question: JsonObject): JsonObject {
    val verifier = COSEVerifier(publicKey(question.item("key")))
    return judge {
        val received = COSESign1.build((CBORDecoder(question.hex("message")).next() as CBORTaggedItem).tagContent)
        // It verifies payloads only where they are embedded.
        val payload = if ("payload" in question) CBORByteArray(question.hex("payload")) else received.payload as CBORByteArray
        val message = COSESign1(received.protectedHeader, received.unprotectedHeader, payload, received.signature)
        if (!verifier.verify(message, question.hex("externalAad"))) throw Refused("the signature is not the message's")
        buildJsonObject { put("payload", hex(payload.value)) }
    }
}

/** The library makes no Java keys on Ed25519; it takes them in the encodings of RFC 8410. */
private fun publicKey(jwk: JsonObject) = when (jwk.text("crv")) {
    "Ed25519" -> ED25519.generatePublic(X509EncodedKeySpec(SPKI + unbase64url(jwk.text("x"))))
    else -> key(jwk).createPublicKey()
}

private fun privateKey(jwk: JsonObject) = when (jwk.text("crv")) {
    "Ed25519" -> ED25519.generatePrivate(PKCS8EncodedKeySpec(PKCS8 + unbase64url(jwk.text("d"))))
    else -> key(jwk).createPrivateKey()
}

private val ED25519 = KeyFactory.getInstance("Ed25519")
private val SPKI = "302a300506032b6570032100".hexToByteArray()
private val PKCS8 = "302e020100300506032b657004220420".hexToByteArray()
