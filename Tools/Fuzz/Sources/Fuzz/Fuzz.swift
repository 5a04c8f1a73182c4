import Foundation
import FuzzProperties

/// The property that `$ASSAY_PROPERTY` names.
private let property: FuzzProperty = {
  let name = ProcessInfo.processInfo.environment["ASSAY_PROPERTY"] ?? ""
  guard let property = FuzzProperty(rawValue: name) else {
    let names = FuzzProperty.allCases.map(\.rawValue).joined(separator: ", ")
    FileHandle.standardError.write(
      Data("ASSAY_PROPERTY is \"\(name)\": name one of \(names)\n".utf8)
    )
    exit(64)
  }
  return property
}()

/// What libFuzzer calls with every input.
@_cdecl("LLVMFuzzerTestOneInput")
public func checkOneInput(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  do {
    try property.check(Array(UnsafeBufferPointer(start: data, count: count)))
  } catch {
    FileHandle.standardError.write(Data("\(error)\n".utf8))
    // libFuzzer keeps the input with which the process ends so.
    abort()
  }
  return 0
}
