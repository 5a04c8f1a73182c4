// swift-tools-version: 6.2
import PackageDescription

let checked: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  // Views into the memory map cannot outlive their transaction: that needs lifetime annotations.
  .enableExperimentalFeature("Lifetimes"),
]

/// Tests call C freely; the product does not.
let strict = checked + [.strictMemorySafety()]

func module(_ name: String, _ dependencies: Target.Dependency...) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(
  of name: String,
  _ dependencies: Target.Dependency...,
  exclude: [String] = []
) -> Target {
  .testTarget(
    name: name + "Tests",
    dependencies: [.byName(name: name), "TestSupport"] + dependencies,
    exclude: exclude,
    swiftSettings: checked
  )
}

let package = Package(
  name: "assay",
  products: [
    .executable(name: "assay", targets: ["AssayCLI"]),
    .executable(name: "assay-serve", targets: ["AssayServe"]),
    .executable(name: "assay-replicate", targets: ["AssayReplicate"]),
    // For Swift programs: Tools/Example uses them.
    .library(name: "Ledger", targets: ["Ledger", "Facts"]),
    .library(name: "Reports", targets: ["Reports"]),
    .library(name: "Intake", targets: ["Intake"]),
    // For the benchmarks, which are a package of their own: Tools/Benchmarks.
    .library(name: "EventStore", targets: ["EventStore"]),
    // For the fuzzer, which is a package of its own: Tools/Fuzz.
    .library(name: "FuzzProperties", targets: ["FuzzProperties"]),
  ],
  traits: [
    // The programs that speak with other machines, `assay-serve` and `assay-replicate`: without it nothing of them
    // is fetched or built.
    .trait(name: "Server"),
    .default(enabledTraits: []),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
  ],
  targets: [
    .systemLibrary(name: "CLMDB", pkgConfig: "lmdb", providers: [.apt(["liblmdb-dev"])]),
    .systemLibrary(name: "CPlatform"),
    module("Platform", "CPlatform"),
    .systemLibrary(name: "CPrefetch"),
    module("LMDBPages", "CPrefetch", "Platform"),
    module("LMDB", "CLMDB", "LMDBPages", "Platform"),
    .target(name: "CJSON"),
    module("JSON", "CJSON"),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    module("XML", "CExpat"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    module("Archive", "CZlib"),
    // Linked statically, as the module map says: to load it costs each command more than it takes to answer.
    .systemLibrary(name: "CSQLite"),
    module("SQLite", "CSQLite"),
    // libxlsxwriter, which is loaded when the first workbook is written.
    .target(name: "CXlsxWriter"),
    module("XLSX", "Archive", "CXlsxWriter", "Platform", "XML"),
    module("Facts", "JSON"),
    module("Merkle", .product(name: "Crypto", package: "swift-crypto")),
    module("EventStore", "Facts", "JSON", "LMDB", "Merkle", "Platform"),
    module("Projections", "Facts", "Platform"),
    module(
      "Intake",
      "Archive",
      "Facts",
      "JSON",
      "Platform",
      "XML",
      .product(name: "Crypto", package: "swift-crypto")
    ),
    .target(name: "CTaxonomy"),
    module(
      "Ledger",
      "CTaxonomy",
      "EventStore",
      "Facts",
      "JSON",
      "Merkle",
      "Platform",
      "Projections"
    ),
    .target(name: "CBinder"),
    // Above the ledger: it writes the answers of one.
    .target(
      name: "Reports",
      dependencies: [
        "CBinder", "Facts", "Intake", "JSON", "Ledger", "Platform", "SQLite", "XLSX",
      ],
      exclude: ["Binder/verify.js", "Schemas"],
      swiftSettings: strict
    ),
    // Above the ledger, too: what is served of one, without a socket.
    .target(name: "CWeb"),
    .target(
      name: "Web",
      dependencies: ["CWeb", "Facts", "Intake", "JSON", "Ledger", "Platform", "Reports"],
      exclude: ["Assets"],
      swiftSettings: strict
    ),
    // Above the ledger, too: a ledger that is kept equal to another.
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    module("Replication", "CZstd", "Facts", "JSON", "Ledger", "Merkle", "Platform"),
    // The messages of replication in NATS JetStream.
    .systemLibrary(name: "CNats", pkgConfig: "libnats", providers: [.apt(["libnats-dev"])]),
    module("JetStream", "CNats", "JSON", "Replication"),
    .target(name: "CManual"),
    .target(
      name: "Manual",
      dependencies: ["CManual"],
      exclude: ["README.md", "commands", "formats", "pages"],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "AssayCLI",
      dependencies: [
        "Facts", "Intake", "Ledger", "Manual", "Platform", "Reports",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict
    ),
    // What `assay serve` becomes.
    .executableTarget(
      name: "AssayServe",
      dependencies: [
        "Facts", "JSON", "Ledger", "Platform", "Web",
        .product(
          name: "Hummingbird",
          package: "hummingbird",
          condition: .when(traits: ["Server"])
        ),
      ],
      swiftSettings: strict
    ),
    // What `assay publish`, `assay follow` and `assay cluster` become.
    .executableTarget(
      name: "AssayReplicate",
      dependencies: [
        "Facts", "JSON", "Ledger", "Platform", "Replication",
        .target(name: "JetStream", condition: .when(traits: ["Server"])),
        .product(
          name: "AsyncHTTPClient",
          package: "async-http-client",
          condition: .when(traits: ["Server"])
        ),
      ],
      swiftSettings: strict
    ),
    .target(
      name: "TestSupport",
      dependencies: ["Facts", "Intake", "JSON", "Ledger", "Projections"],
      path: "Tests/TestSupport",
      swiftSettings: checked
    ),
    .target(
      name: "FuzzProperties",
      dependencies: [
        "Facts", "Intake", "JSON", "Merkle", "Projections", "Reports", "TestSupport",
      ],
      path: "Tests/FuzzProperties",
      swiftSettings: checked
    ),
    tests(of: "FuzzProperties"),
    tests(of: "Platform"),
    .target(
      name: "LMDBTestSupport",
      dependencies: ["LMDB", "TestSupport"],
      path: "Tests/LMDBTestSupport",
      swiftSettings: checked
    ),
    tests(of: "LMDBPages", "LMDB", "LMDBTestSupport"),
    tests(of: "LMDB", "LMDBTestSupport", "Platform"),
    tests(of: "JSON"),
    tests(of: "XML"),
    tests(of: "Archive"),
    tests(of: "Merkle"),
    tests(of: "Facts", "JSON"),
    tests(of: "Projections", "Facts"),
    tests(
      of: "EventStore",
      "Facts",
      "JSON",
      "LMDB",
      "Merkle",
      "Platform",
      exclude: ["Fixtures"]
    ),
    tests(of: "Intake", "Facts", "JSON", "Ledger", "Projections"),
    tests(
      of: "Ledger",
      "EventStore",
      "Facts",
      "Intake",
      "LMDB",
      "Merkle",
      "Projections"
    ),
    .testTarget(
      name: "CommandTests",
      dependencies: ["AssayCLI", "JSON", "TestSupport"],
      exclude: ["Fixtures", "Golden", "Scripts"],
      swiftSettings: checked
    ),
    tests(of: "Reports", "Facts", "JSON", "Ledger", "Projections"),
    tests(of: "Replication", "Facts", "Ledger", "Merkle", "Platform"),
    tests(of: "Web", "Facts", "Intake", "JSON", "Ledger", "Reports"),
    // Reads the sources as text: what must be true of all of them.
    .testTarget(
      name: "TidyTests",
      dependencies: ["TestSupport"],
      swiftSettings: checked
    ),
  ]
)
