import Foundation
import TestSupport
import Testing

@Suite("The arrows between modules")
struct ArrowTests {
  /// Which modules each module may import; `Sources/README.md` draws the picture.
  ///
  /// `Synchronization` is part of the language here, and may be imported everywhere.
  private static let arrows: [String: Set<String>] = [
    "Platform": ["CPlatform", "Glibc", "FoundationEssentials"],
    "LMDBPages": ["CPrefetch", "Platform"],
    "LMDB": ["CLMDB", "LMDBPages", "Platform"],
    "JSON": ["CJSON"],
    "XML": ["CExpat"],
    "Archive": ["CZlib"],
    "SQLite": ["CSQLite"],
    "XLSX": ["Archive", "CXlsxWriter", "Platform", "XML"],
    "Merkle": ["Crypto", "FoundationEssentials", "Platform"],
    "Facts": ["JSON"],
    "Projections": ["Facts", "Platform"],
    "EventStore": ["Facts", "JSON", "LMDB", "Merkle", "Platform"],
    "Intake": ["Archive", "Crypto", "Facts", "JSON", "XML", "Platform"],
    "Ledger": ["CTaxonomy", "EventStore", "Facts", "JSON", "Merkle", "Platform", "Projections"],
    "Reports": ["CBinder", "Facts", "Intake", "JSON", "Ledger", "Platform", "SQLite", "XLSX"],
    "Web": ["CWeb", "Facts", "Intake", "JSON", "Ledger", "Platform", "Reports"],
    "Replication": ["CZstd", "Facts", "JSON", "Ledger", "Merkle", "Platform"],
    "JetStream": ["CNats", "FoundationEssentials", "JSON", "Replication"],
    "Manual": ["CManual"],
    "AssayReplicate": [
      "AsyncHTTPClient", "Facts", "JSON", "JetStream", "Ledger", "NIOCore", "NIOHTTP1", "Platform",
      "Replication",
    ],
    "AssayServe": [
      "Facts", "HTTPTypes", "Hummingbird", "HummingbirdCore", "JSON", "Ledger", "Logging",
      "NIOCore",
      "NIOPosix", "Platform", "ServiceLifecycle", "UnixSignals", "Web",
    ],
    "AssayCLI": [
      "ArgumentParser", "Facts", "FoundationEssentials", "Intake", "Ledger", "Manual", "Platform",
      "Reports",
    ],
  ]

  @Test("point only where they may")
  func importsFollowTheArrows() throws {
    var findings: [Finding] = []
    for file in try SourceFile.sources.get() {
      let allowed = Self.arrows[file.room] ?? []
      for name in file.imports where name != "Synchronization" && !allowed.contains(name) {
        findings.append(Finding(what: "\(file.room) -> \(name)", path: file.path))
      }
    }
    Finding.expectNone(
      "arrow",
      findings,
      remedy: "ask the module that is drawn between them"
    )
  }

  @Test("end: no module reaches itself")
  func arrowsMakeNoCircle() {
    var reached = Self.arrows
    for _ in Self.arrows {
      for (module, targets) in reached {
        reached[module] = targets.union(targets.flatMap { reached[$0] ?? [] })
      }
    }
    for (module, targets) in reached { #expect(!targets.contains(module), "\(module)") }
  }

  @Test("are those of Package.swift")
  func dependenciesAreWhatIsImported() throws {
    let imported = try Dictionary(grouping: SourceFile.sources.get(), by: \.room)
      .mapValues { Set($0.flatMap(\.imports)) }
    let declared = try PackageManifest().dependencies
    let ours = Set(declared.keys).union([
      "ArgumentParser", "AsyncHTTPClient", "Crypto", "Hummingbird",
    ])
    var findings: [Finding] = []
    for (room, names) in imported {
      let declarations = declared[room] ?? []
      let needed = names.intersection(ours)
      let wrong =
        needed.subtracting(declarations).map { "\(room) does not declare \($0)" }
        + declarations.subtracting(needed).map { "\(room) does not import \($0)" }
      findings += wrong.map { Finding(what: $0, path: "Package.swift") }
    }
    Finding.expectNone("dependency", findings, remedy: "mend the target in Package.swift")
  }
}

/// The targets of `Package.swift` as text: their names and dependencies.
private struct PackageManifest {
  private(set) var dependencies: [String: Set<String>] = [:]

  init() throws {
    let text = try String(
      contentsOf: Package.folder.appending(path: "Package.swift"),
      encoding: .utf8
    )
    for opening in ["module(", ".target(", ".executableTarget(", ".systemLibrary("] {
      for part in text.components(separatedBy: opening).dropFirst() {
        let names = Self.names(in: part)
        guard let name = names.first else { continue }
        dependencies[name, default: []].formUnion(names.dropFirst())
      }
    }
  }

  /// The quoted names up to the parenthesis that ends the call: the target's, then those it depends on.
  private static func names(in call: String) -> [String] {
    var depth = 0
    let end = call.firstIndex { character in
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      return depth < 0
    }
    let arguments = String(call[..<(end ?? call.endIndex)])
      .replacing(/package: "[^"]*"/, with: "")
      .replacing(/traits: \["[^"]*"\]/, with: "")
      .replacing(/(path|pkgConfig): "[^"]*"/, with: "")
      .replacing(/(?s)(cSettings|cxxSettings|linkerSettings|providers|exclude): \[.*/, with: "")
    return arguments.matches(of: /"([^"]+)"/).map { String($0.1) }
  }
}
