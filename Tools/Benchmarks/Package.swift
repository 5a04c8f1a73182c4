// swift-tools-version: 6.2
import PackageDescription

let checked: [SwiftSetting] = [
  .treatAllWarnings(as: .error), .enableUpcomingFeature("ExistentialAny"),
]

// A package of its own, so that the main build does not pay for it: see Tools/bench.
let package = Package(
  name: "Benchmarks",
  dependencies: [.package(name: "assay", path: "../..")],
  targets: [
    // What the measured programs in C share.
    .target(name: "Rows", linkerSettings: [.linkedLibrary("lmdb")]),
    .executableTarget(name: "Limits", dependencies: ["Rows"]),
    .executableTarget(
      name: "Peer",
      dependencies: ["Rows"],
      linkerSettings: [.linkedLibrary("sqlite3")]
    ),
    .executableTarget(name: "Launch"),
    .executableTarget(name: "Nothing"),
    .executableTarget(name: "NothingSwift"),
    .target(
      name: "Generator",
      dependencies: [.product(name: "Ledger", package: "assay")],
      swiftSettings: checked
    ),
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "Generator",
        .product(name: "EventStore", package: "assay"),
        .product(name: "Intake", package: "assay"),
        .product(name: "Ledger", package: "assay"),
        // Measured as a whole process.
        .product(name: "assay", package: "assay"),
      ],
      swiftSettings: checked
    ),
  ],
  cxxLanguageStandard: .cxx17
)
