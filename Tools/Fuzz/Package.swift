// swift-tools-version: 6.2
import PackageDescription

// A package of its own, because all of it is built with `--sanitize=fuzzer`: see Tools/fuzz.
let package = Package(
  name: "Fuzz",
  dependencies: [.package(name: "assay", path: "../..")],
  targets: [
    .executableTarget(
      name: "Fuzz",
      dependencies: [.product(name: "FuzzProperties", package: "assay")],
      swiftSettings: [.unsafeFlags(["-parse-as-library"])]
    )
  ],
  cxxLanguageStandard: .cxx17
)
