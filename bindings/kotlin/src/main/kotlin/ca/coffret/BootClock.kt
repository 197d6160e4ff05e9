package ca.coffret

import ca.coffret.ffi.BootTime
import java.nio.file.Path
import java.util.UUID
import java.util.concurrent.TimeUnit
import kotlin.io.path.exists
import kotlin.io.path.readText

/**
 * The clock that nobody can set, by which a wrong PIN waits.
 *
 * On Android it is `Settings.Global.BOOT_COUNT` and `SystemClock.elapsedRealtime()`, which no app can
 * move; the wall clock beside it may be left out there.
 */
public fun interface BootClock {
    /** The boot, and the seconds since. */
    public fun now(): BootTime

    /** The clocks that are here. */
    public companion object {
        /**
         * The desktop's: Linux's own. Elsewhere each process counts as a boot, so that a wait begins
         * again with it. Not for Android, which shows an app neither.
         */
        public val Desktop: BootClock = if (UPTIME.exists()) LinuxBootClock else ProcessBootClock()
    }
}

private val UPTIME = Path.of("/proc/uptime")
private val BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id")

/** The system's wall clock, whatever clock the app gives the wallet for its dates. */
private fun wall(): ULong = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis()).toULong()

/** proc(5) */
private object LinuxBootClock : BootClock {
    override fun now(): BootTime {
        val seconds = UPTIME.readText().substringBefore('.').toULong()
        return BootTime(BOOT_ID.readText().trim().encodeToByteArray(), seconds, wall())
    }
}

private class ProcessBootClock : BootClock {
    private val boot = UUID.randomUUID().toString().encodeToByteArray()
    private val since = System.nanoTime()

    override fun now(): BootTime {
        val seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - since)
        return BootTime(boot, seconds.toULong(), wall())
    }
}
