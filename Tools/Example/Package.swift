// swift-tools-version: 6.2
import PackageDescription

// A program that uses Assay as a library: the code of the three tutorials. `Tools/library` builds and runs it.
let package = Package(
  name: "example",
  dependencies: [
    // Outside this repository: .package(url: "https://…/assay.git", from: "0.1.0")
    .package(name: "assay", path: "../..")
  ],
  targets: [
    .executableTarget(
      name: "Example",
      dependencies: [
        .product(name: "Ledger", package: "assay"),
        .product(name: "Intake", package: "assay"),
        .product(name: "Reports", package: "assay"),
      ]
    )
  ]
)
