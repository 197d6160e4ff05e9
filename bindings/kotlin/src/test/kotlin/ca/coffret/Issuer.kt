package ca.coffret

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import java.util.Base64
import kotlin.io.path.createDirectories
import kotlin.io.path.readBytes
import kotlin.io.path.readText
import kotlin.io.path.writeText
import kotlin.test.assertEquals

const val NOW = "2026-11-22T12:00:00Z"
const val CARD = "ca.qc.gouv.ramq.cam.1"
const val LICENCE = "org.iso.18013.5.1.mDL"

/** The test issuer: the command line of the project, with a PKI of its own. */
object Issuer {
    private val folder = temporary("issuer")
    private val pki = folder.resolve("pki")

    init {
        run("pki", pki.toString())
    }

    fun text(file: String): String = pki.resolve(file).readText()

    fun bytes(file: String): ByteArray = pki.resolve(file).readBytes()

    /** The root, and in the same file the list that revokes its signer, or the beginning of it. */
    fun rootWithList(bytes: Int = Int.MAX_VALUE): ByteArray {
        val list = bytes("ds-revoked.crl").let { it.copyOf(minOf(it.size, bytes)) }
        val base64 = Base64.getMimeEncoder().encodeToString(list)
        val section = "-----BEGIN X509 CRL-----\n$base64\n-----END X509 CRL-----\n"
        return bytes("iaca.pem") + section.toByteArray()
    }

    /** The revocation list of a namesake of the issuer, which proves nothing of what the issuer signs. */
    fun listOfNamesake(): ByteArray {
        val other = folder.resolve("namesake-${System.nanoTime()}")
        run("pki", other.toString())
        return other.resolve("ds-revoked.crl").readBytes()
    }

    /** A credential for each key: of the card, unless other data are given. */
    fun issue(
        keys: List<ByteArray>,
        vararg more: String,
        type: String = CARD,
        data: String = CARD_DATA,
        curve: String = "P-256",
    ): ByteArray {
        val work = folder.resolve("issue-${System.nanoTime()}").createDirectories()
        val out = work.resolve("card.cbor")
        work.resolve("keys.json").writeText(jwks(keys, curve).toString())
        work.resolve("data.json").writeText(data)
        val files =
            listOf("--data", "$work/data.json", "--keys", "$work/keys.json", "--out", "$out")
        run("issue", "--type", type, "--pki", "$pki", *files.toTypedArray(), *more)
        return out.readBytes()
    }

    private fun run(vararg arguments: String) {
        val program = System.getProperty("coffret.program")
        val command = listOf(program) + arguments + listOf("--json", "--now", NOW)
        val process = ProcessBuilder(command).redirectErrorStream(true).start()
        val said = process.inputStream.readBytes().decodeToString()
        assertEquals(0, process.waitFor(), said)
    }

    /** At the end of a SubjectPublicKeyInfo of these curves is x ‖ y. */
    private fun jwks(
        keys: List<ByteArray>,
        curve: String,
    ): JsonObject {
        fun url(bytes: ByteArray) = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)
        val size = if (curve == "P-256") 32 else 48
        val all =
            keys.map {
                val point = it.takeLast(2 * size).toByteArray()
                buildJsonObject {
                    put("kty", "EC")
                    put("crv", curve)
                    put("x", url(point.copyOfRange(0, size)))
                    put("y", url(point.copyOfRange(size, 2 * size)))
                }
            }
        return JsonObject(mapOf("keys" to JsonArray(all)))
    }
}

/** A driver's licence of somebody under 18. */
val MINOR: String =
    repository("interop/src/specimen.json")
        .readText()
        .replace("\"age_over_18\": true", "\"age_over_18\": false")
        .replace("1990-02-28", "2010-02-28")

private val CARD_DATA =
    """
    {"$CARD": {
      "health_insurance_number": "TREM04121925",
      "family_name_birth": "Tremblay",
      "given_name": "Émilie",
      "birth_date": "2004-12-19",
      "sex": 2,
      "expiry_date": "2030-12-31",
      "issuing_authority": "RAMQ",
      "issuing_country": "CA",
      "issuing_jurisdiction": "CA-QC"
    }}
    """.trimIndent()
