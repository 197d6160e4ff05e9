// swift-tools-version:6.0
import PackageDescription

// The core: on Apple platforms an XCFramework, which `cargo xtask xcframework` makes on a Mac; on
// Linux, for tests, the dynamic library that `cargo xtask bindings` builds.
#if os(Linux)
  let libraries =
    Context.environment["COFFRET_LIBRARIES"] ?? Context.packageDirectory + "/../../target/debug"
  let core = Target.systemLibrary(name: "CoffretFFI")
  let link: [LinkerSetting] = [
    .unsafeFlags(["-L", libraries, "-Xlinker", "-rpath", "-Xlinker", libraries])
  ]
#else
  let core = Target.binaryTarget(name: "CoffretFFI", path: "CoffretFFI.xcframework")
  let link: [LinkerSetting] = []
#endif

let package = Package(
  name: "Coffret",
  platforms: [.iOS(.v16), .macOS(.v13)],
  products: [.library(name: "Coffret", targets: ["Coffret"])],
  targets: [
    core,
    // What UniFFI generates is not clean in Swift 6.
    .target(
      name: "CoffretCore",
      dependencies: ["CoffretFFI"],
      swiftSettings: [.swiftLanguageMode(.v5)],
      linkerSettings: link
    ),
    .target(name: "Coffret", dependencies: ["CoffretCore"]),
    // What leaks is seen in C's heap.
    .target(name: "Heap", path: "Tests/Heap"),
    .testTarget(name: "CoffretTests", dependencies: ["Coffret", "CoffretCore", "Heap"]),
  ],
  swiftLanguageModes: [.v6]
)
