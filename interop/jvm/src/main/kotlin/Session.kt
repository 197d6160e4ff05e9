// Sessions of ISO 18013-5 §9.1.1, by multipaz's own engagement and encryption.
package interop

import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import org.multipaz.cbor.Bstr
import org.multipaz.cbor.Cbor
import org.multipaz.cbor.Simple
import org.multipaz.cbor.Tagged
import org.multipaz.cbor.buildCborArray
import org.multipaz.cbor.toDataItem
import org.multipaz.crypto.Crypto
import org.multipaz.crypto.EcCurve
import org.multipaz.crypto.EcPrivateKey
import org.multipaz.crypto.EcPublicKey
import org.multipaz.mdoc.engagement.DeviceEngagement
import org.multipaz.mdoc.engagement.buildDeviceEngagement
import org.multipaz.mdoc.request.DeviceRequest
import org.multipaz.mdoc.role.MdocRole
import org.multipaz.mdoc.sessionencryption.SessionEncryption

val sessions: Verbs =
    mapOf("engage" to { engage() }, "answer" to ::answer, "establish" to ::establish, "read" to ::read, "part" to ::part)

private const val TERMINATION = 20L

private lateinit var own: EcPrivateKey
private lateinit var engagement: ByteArray
private lateinit var transcript: ByteArray
private lateinit var session: SessionEncryption

private suspend fun engage(): JsonObject {
    own = Crypto.createEcPrivateKey(EcCurve.P256)
    engagement = Cbor.encode(buildDeviceEngagement(own.publicKey) {}.toDataItem())
    return buildJsonObject { put("deviceEngagement", hex(engagement)) }
}

private suspend fun answer(question: JsonObject): JsonObject {
    val received = question.hex("sessionEstablishment")
    lateinit var reader: EcPublicKey
    val request = judge {
        val eReaderKey = SessionEncryption.getEReaderKey(received)
        reader = eReaderKey.publicKey
        begin(MdocRole.MDOC, reader, eReaderKey.encodedCoseKey)
        session.decryptMessage(received).first ?: throw Refused("no request")
    }
    readRequest(question.with("deviceRequest" to hex(request)))
    val asked = DeviceRequest.fromDataItem(Cbor.decode(request)).docRequests.single()
    val presentation = question.with(
        "docType" to JsonPrimitive(asked.docType),
        "disclose" to buildJsonObject {
            asked.nameSpaces.forEach { (name, intents) -> putJsonArray(name) { intents.keys.forEach { add(JsonPrimitive(it)) } } }
        },
    )
    val proved = if (question.text("method") == "mac") presentation.with("readerKey" to reader.toJwk()) else presentation
    return buildJsonObject { put("sessionData", hex(session.encryptMessage(present(proved).hex("deviceResponse"), null))) }
}

private suspend fun establish(question: JsonObject): JsonObject {
    own = Crypto.createEcPrivateKey(EcCurve.P256)
    engagement = question.hex("deviceEngagement")
    val device = DeviceEngagement.fromDataItem(Cbor.decode(engagement)).eDeviceKey
    begin(MdocRole.MDOC_READER, device, Cbor.encode(own.publicKey.toCoseKey().toDataItem()))
    val asked = request(question.with()).hex("deviceRequest")
    return buildJsonObject { put("sessionEstablishment", hex(session.encryptMessage(asked, null))) }
}

private suspend fun read(question: JsonObject): JsonObject {
    val response = judge { session.decryptMessage(question.hex("sessionData")).first ?: throw Refused("no response") }
    val seen = verify(question.with("deviceResponse" to hex(response), "readerKey" to own.toJwk()))
    return JsonObject(seen + ("sessionData" to hex(SessionEncryption.encodeStatus(TERMINATION))))
}

private suspend fun part(question: JsonObject): JsonObject = judge {
    val (_, status) = session.decryptMessage(question.hex("sessionData"))
    if (status != TERMINATION) throw Refused("the session ends with $status")
    buildJsonObject {}
}

private fun begin(role: MdocRole, peer: EcPublicKey, readerKey: ByteArray) {
    transcript = Cbor.encode(buildCborArray {
        listOf(engagement, readerKey).forEach { add(Tagged(Tagged.ENCODED_CBOR, Bstr(it))) }
        add(Simple.NULL)
    })
    session = SessionEncryption(role, own, peer, transcript)
}

/** What the other verbs are asked in this session. */
private fun JsonObject.with(vararg members: Pair<String, JsonElement>) =
    JsonObject(this + mapOf(*members) + ("sessionTranscript" to hex(transcript)))
