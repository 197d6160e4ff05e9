package ca.coffret

import java.nio.file.Path
import kotlin.io.path.createTempDirectory
import kotlin.io.path.deleteRecursively
import kotlin.io.path.exists

/** A folder of its own, gone with the tests. */
fun temporary(name: String): Path {
    val folder = createTempDirectory("coffret-$name-")
    @OptIn(kotlin.io.path.ExperimentalPathApi::class)
    Runtime.getRuntime().addShutdownHook(Thread { if (folder.exists()) folder.deleteRecursively() })
    return folder
}

/** A file of the repository. */
fun repository(path: String): Path = Path.of(System.getProperty("coffret.root"), path)
