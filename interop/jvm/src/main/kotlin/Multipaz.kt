// Peer: multipaz. It makes its own certificates, by the profiles of ISO 18013-5 Annex B, and judges an issuer's
// signature only together with the device's.
package interop

import kotlin.time.Clock
import kotlin.time.Duration.Companion.days
import kotlin.time.Instant
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.booleanOrNull
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import kotlinx.serialization.json.putJsonObject
import org.multipaz.asn1.ASN1Integer
import org.multipaz.cbor.Bstr
import org.multipaz.cbor.Cbor
import org.multipaz.cbor.CborArray
import org.multipaz.cbor.CborMap
import org.multipaz.cbor.DataItem
import org.multipaz.cbor.Nint
import org.multipaz.cbor.Simple
import org.multipaz.cbor.Tagged
import org.multipaz.cbor.Tstr
import org.multipaz.cbor.Uint
import org.multipaz.cbor.buildCborMap
import org.multipaz.cbor.toDataItem
import org.multipaz.cose.Cose
import org.multipaz.cose.toCoseLabel
import org.multipaz.crypto.Algorithm
import org.multipaz.crypto.AsymmetricKey
import org.multipaz.crypto.Crypto
import org.multipaz.crypto.EcCurve
import org.multipaz.crypto.EcPrivateKey
import org.multipaz.crypto.EcPublicKey
import org.multipaz.crypto.X500Name
import org.multipaz.crypto.X509Cert
import org.multipaz.crypto.X509CertChain
import org.multipaz.mdoc.devicesigned.DeviceAuth
import org.multipaz.mdoc.devicesigned.buildDeviceNamespaces
import org.multipaz.mdoc.issuersigned.IssuerNamespaces
import org.multipaz.mdoc.issuersigned.buildIssuerNamespaces
import org.multipaz.mdoc.mso.MobileSecurityObject
import org.multipaz.mdoc.request.DeviceRequest
import org.multipaz.mdoc.request.buildDeviceRequest
import org.multipaz.mdoc.response.DeviceResponse
import org.multipaz.mdoc.response.buildDeviceResponse
import org.multipaz.mdoc.util.MdocUtil
import org.multipaz.trustmanagement.ConfigurableTrustManager
import org.multipaz.trustmanagement.TrustEntryX509Cert
import org.multipaz.trustmanagement.TrustMetadata

val multipaz: Verbs = mapOf(
    "describe" to { describe("multipaz", DeviceResponse::class.java) },
    "pki" to { pki() },
    "issue" to ::issue,
    "present" to ::present,
    "verify" to ::verify,
    "request" to ::request,
    "read-request" to ::readRequest,
) + sessions

/** The version that Maven chose, from the name of the library's file. */
fun describe(peer: String, of: Class<*>) = buildJsonObject {
    put("peer", peer)
    put("version", of.protectionDomain.codeSource.location.path.substringAfterLast('-').removeSuffix(".jar"))
}

/** The library would name the curve too (RFC 9864), which ISO 18013-5 does not. */
private val ES256 = Algorithm.ES256.coseAlgorithmIdentifier!!

private class Certified(val key: EcPrivateKey, val certificate: X509Cert) {
    fun signing() = AsymmetricKey.X509CertifiedExplicit(X509CertChain(listOf(certificate)), key)

    fun json() = buildJsonObject {
        put("key", key.toJwk())
        put("chain", texts(listOf(certificate.toPem())))
    }
}

private fun name(role: String) = X500Name.fromName("CN=multipaz $role,ST=CA-QC,C=CA")

private suspend fun pki(): JsonObject {
    val from = Instant.fromEpochSeconds(Clock.System.now().epochSeconds) - 1.days
    val until = from + 400.days
    val serial = { ASN1Integer.fromRandom(128) }
    val new = suspend { Crypto.createEcPrivateKey(EcCurve.P256) }

    val iaca = new().let { key ->
        Certified(key, MdocUtil.generateIacaCertificate(AsymmetricKey.anonymous(key), name("IACA"), serial(), from, until,
            "https://issuer.example", "https://issuer.example/crl"))
    }
    val signer = new().let { key ->
        Certified(key, MdocUtil.generateDsCertificate(iaca.signing(), key.publicKey, name("signer"), serial(), from, until))
    }
    val readerRoot = new().let { key ->
        Certified(key, MdocUtil.generateReaderRootCertificate(AsymmetricKey.anonymous(key), name("reader root"), serial(),
            from, until, "https://reader.example/crl"))
    }
    val reader = new().let { key ->
        Certified(key, MdocUtil.generateReaderCertificate(readerRoot.signing(), key.publicKey, name("reader"), null, serial(),
            from, until))
    }
    return buildJsonObject {
        put("root", iaca.certificate.toPem())
        put("signer", signer.json())
        put("readerRoot", readerRoot.certificate.toPem())
        put("reader", reader.json())
    }
}

private suspend fun issue(question: JsonObject): JsonObject {
    val signer = question.item("signer")
    val validity = question.item("validity")
    val nameSpaces = buildIssuerNamespaces {
        question.item("nameSpaces").forEach { (name, elements) ->
            addNamespace(name) { elements.jsonObject.forEach { (element, form) -> addDataElement(element, valueOf(form)) } }
        }
    }
    val mso = MobileSecurityObject(
        version = "1.0",
        docType = question.text("docType"),
        signedAt = Instant.parse(validity.text("signed")),
        validFrom = Instant.parse(validity.text("from")),
        validUntil = Instant.parse(validity.text("until")),
        expectedUpdate = null,
        digestAlgorithm = Algorithm.SHA256,
        valueDigests = nameSpaces.getValueDigests(Algorithm.SHA256),
        deviceKey = EcPublicKey.fromJwk(question.item("deviceKey")),
    )
    val key = AsymmetricKey.anonymous(EcPrivateKey.fromJwk(signer.item("key")))
    val issuerAuth = Cose.coseSign1Sign(
        key,
        Cbor.encode(Tagged(Tagged.ENCODED_CBOR, Bstr(Cbor.encode(mso.toDataItem())))),
        true,
        mapOf(Cose.COSE_LABEL_ALG.toCoseLabel to ES256.toDataItem()),
        mapOf(Cose.COSE_LABEL_X5CHAIN.toCoseLabel to chain(signer).toDataItem()),
    )
    val issuerSigned = buildCborMap {
        put("nameSpaces", nameSpaces.toDataItem())
        put("issuerAuth", issuerAuth.toDataItem())
    }
    return buildJsonObject { put("issuerSigned", hex(Cbor.encode(issuerSigned))) }
}

/** Elements are encoded anew; so a digest that fails may also mean that the issuer's encoding was another. */
suspend fun present(question: JsonObject): JsonObject {
    val issuerSigned = Cbor.decode(question.hex("issuerSigned"))
    val disclosed = question.disclosed()
    val held = IssuerNamespaces.fromDataItem(issuerSigned["nameSpaces"]).data
    val shown = held.mapValues { (name, items) -> items.filterKeys { it in disclosed[name].orEmpty() } }.filterValues { it.isNotEmpty() }
    val readerKey = question["readerKey"]?.let { EcPublicKey.fromJwk(it.jsonObject) }
    // The key's algorithm decides between signature and MAC.
    val deviceKey = EcPrivateKey.fromJwk(question.item("deviceKey")).let {
        AsymmetricKey.AnonymousExplicit(it, if (readerKey == null) it.curve.defaultSigningAlgorithmFullySpecified else it.curve.defaultKeyAgreementAlgorithm)
    }
    val response = buildDeviceResponse(transcript(question), DeviceResponse.STATUS_OK, readerKey) {
        addDocument(question.text("docType"), issuerSigned["issuerAuth"].asCoseSign1, IssuerNamespaces(shown), buildDeviceNamespaces {}, deviceKey)
    }
    return buildJsonObject { put("deviceResponse", hex(Cbor.encode(response.toDataItem()))) }
}

suspend fun verify(question: JsonObject): JsonObject {
    val readerKey = question["readerKey"]?.let { AsymmetricKey.AnonymousExplicit(EcPrivateKey.fromJwk(it.jsonObject)) }
    val received = question.hex("deviceResponse")
    return judge { verify(question, received, readerKey) }
}

private suspend fun verify(question: JsonObject, received: ByteArray, readerKey: AsymmetricKey?): JsonObject {
    val response = DeviceResponse.fromDataItem(Cbor.decode(received))
    response.verify(sessionTranscript = transcript(question), eReaderKey = readerKey, atTime = Clock.System.now())
    response.documents.forEach { trust(question.texts("roots"), it.issuerCertChain) }
    return buildJsonObject {
        putJsonArray("documents") {
            response.documents.forEach { document ->
                add(buildJsonObject {
                    put("docType", document.docType)
                    put("deviceAuth", if (document.deviceAuth is DeviceAuth.Mac) "mac" else "signature")
                    putJsonObject("nameSpaces") {
                        document.issuerNamespaces.data.forEach { (name, items) ->
                            putJsonObject(name) { items.forEach { (element, item) -> put(element, formOf(item.dataElementValue)) } }
                        }
                    }
                })
            }
        }
    }
}

suspend fun request(question: JsonObject): JsonObject {
    val reader = question.item("reader")
    val key = AsymmetricKey.X509CertifiedExplicit(chain(reader), EcPrivateKey.fromJwk(reader.item("key")))
    val request = buildDeviceRequest(transcript(question)) {
        addDocRequest(question.text("docType"), question.intents(), null, key)
    }
    return buildJsonObject { put("deviceRequest", hex(Cbor.encode(request.toDataItem()))) }
}

suspend fun readRequest(question: JsonObject): JsonObject = judge {
    val request = DeviceRequest.fromDataItem(Cbor.decode(question.hex("deviceRequest")))
    request.verifyReaderAuthentication(transcript(question))
    request.docRequests.forEach { document ->
        val readerAuth = document.readerAuth ?: throw Refused("no reader authentication")
        trust(question.texts("roots"), readerAuth.unprotectedHeaders.getValue(Cose.COSE_LABEL_X5CHAIN.toCoseLabel).asX509CertChain)
    }
    buildJsonObject {
        putJsonArray("documents") {
            request.docRequests.forEach { document ->
                add(buildJsonObject {
                    put("docType", document.docType)
                    putJsonObject("nameSpaces") {
                        document.nameSpaces.forEach { (name, intents) ->
                            putJsonObject(name) { intents.forEach { (element, intent) -> put(element, intent) } }
                        }
                    }
                })
            }
        }
    }
}

private fun transcript(question: JsonObject): DataItem = Cbor.decode(question.hex("sessionTranscript"))

private fun chain(certified: JsonObject) = X509CertChain(certified.texts("chain").map(X509Cert::fromPem))

private suspend fun trust(roots: List<String>, chain: X509CertChain) {
    val anchors = roots.mapIndexed { n, pem -> TrustEntryX509Cert("$n", TrustMetadata(displayName = "root $n"), X509Cert.fromPem(pem)) }
    val result = ConfigurableTrustManager("interop", anchors).verify(chain.certificates, Clock.System.now())
    if (!result.isTrusted) throw Refused(result.error?.message ?: "no trusted root")
}

private fun valueOf(form: JsonElement): DataItem = when (form) {
    is JsonNull -> Simple.NULL
    is JsonPrimitive -> if (form.isString) Tstr(form.content) else form.booleanOrNull?.toDataItem() ?: form.long.toDataItem()
    is JsonArray -> CborArray(form.map(::valueOf).toMutableList())
    is JsonObject -> when {
        "bytes" in form -> Bstr(unbase64url(form.text("bytes")))
        "tag" in form -> Tagged(form.getValue("tag").jsonPrimitive.long, Tstr(form.text("value")))
        else -> buildCborMap { form.forEach { (name, item) -> put(name, valueOf(item)) } }
    }
}

private fun formOf(item: DataItem): JsonElement = when (item) {
    is Tstr -> JsonPrimitive(item.asTstr)
    is Uint, is Nint -> JsonPrimitive(item.asNumber)
    is Bstr -> buildJsonObject { put("bytes", base64url(item.asBstr)) }
    is Tagged -> buildJsonObject { put("tag", item.tagNumber.toInt()); put("value", formOf(item.taggedItem)) }
    is CborArray -> JsonArray(item.asArray.map(::formOf))
    is CborMap -> JsonObject(item.asMap.entries.associate { (name, value) -> name.asTstr to formOf(value) })
    else -> if (item == Simple.NULL) JsonNull else JsonPrimitive(item.asBoolean)
}
