// One program, two peers: `java … interop.MainKt multipaz|authlete`.
package interop

import kotlin.system.exitProcess

fun main(args: Array<String>) {
    val verbs = mapOf("multipaz" to multipaz, "authlete" to authlete)[args.singleOrNull()]
    if (verbs == null) {
        System.err.println("usage: multipaz|authlete")
        exitProcess(2)
    }
    serve(verbs)
    exitProcess(0)
}
