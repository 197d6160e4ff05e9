import CoffretCore
import Foundation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

/// A clock that nobody can set: what makes a wrong PIN wait.
public protocol BootClock: Sendable {
  /// The time since the system started, that asleep included.
  var bootTime: BootTime { get }
}

/// The system's own. Its Apple part is not run where the library's tests are.
public struct SystemBootClock: BootClock {
  /// The clock.
  public init() {}

  /// The time since the system started, that asleep included.
  public var bootTime: BootTime {
    var time = timespec()
    #if canImport(Darwin)
      clock_gettime(CLOCK_MONOTONIC_RAW, &time)
    #else
      clock_gettime(CLOCK_BOOTTIME, &time)
    #endif
    // A wall clock before 1970 is none.
    let wall = UInt64(exactly: Date().timeIntervalSince1970.rounded(.down))
    return BootTime(boot: Self.boot, seconds: UInt64(time.tv_sec), wall: wall)
  }

  #if canImport(Darwin)
    private static let boot: Data = {
      var name = [UInt8](repeating: 0, count: 64)
      var length = name.count
      sysctlbyname("kern.bootsessionuuid", &name, &length, nil, 0)
      return Data(name.prefix(length))
    }()
  #else
    private static let boot =
      FileManager.default.contents(atPath: "/proc/sys/kernel/random/boot_id") ?? Data()
  #endif
}
