import Facts
import Ledger
import Reports

extension Call {
  /// The format of the answer: what the client takes, of JSON, JSON lines and CSV.
  ///
  /// - Throws: ``Problem`` 406 if it takes none of them.
  var format: ReportFormat {
    get throws {
      guard let accepted = request.headers["accept"] else { return .json }
      let types = accepted.split(separator: ",").map { type in
        type.prefix { $0 != ";" }.trimming { $0 == " " }
      }
      for type in types {
        switch type {
        case "application/json", "application/*", "*/*": return .json
        case "application/jsonl", "application/x-ndjson": return .jsonl
        case "text/csv": return .csv
        default: break
        }
      }
      // A browser that asks for a page gets what there is.
      guard types.contains("text/html") else {
        throw Problem(
          406,
          "the answer is JSON, JSON lines or CSV",
          remedy: "accept application/json, application/jsonl or text/csv"
        )
      }
      return .json
    }
  }

  /// A document in the format that the client takes.
  ///
  /// - Throws: ``Problem`` 406 if it takes none.
  func answer(_ document: some Document) throws -> WebResponse {
    let format = try format
    return WebResponse(format.mediaType, try document.bytes(as: format))
  }

  /// What was written bit by bit.
  func found(_ spool: WebSpool, as format: ReportFormat) -> WebResponse {
    WebResponse(
      200,
      headers: [("Content-Type", format.mediaType.rawValue)],
      body: .spooled(spool.finished)
    )
  }

  /// The header that leads to the next page, of the same moment (RFC 8288).
  func link(
    toNext cursor: String,
    _ sequence: UInt64,
    head: UInt64
  ) -> (name: String, value: String) {
    var items = request.query.filter { $0.name != cursor && $0.name != "recorded-at" }
    items += [(cursor, "\(sequence)"), ("recorded-at", "\(head)")]
    let path = request.target.prefix { $0 != "?" }
    let query = items.map { "\($0.name.percentEncoded)=\($0.value.percentEncoded)" }
    return ("Link", "<\(path)?\(query.joined(separator: "&"))>; rel=\"next\"")
  }

  /// The sequence in the path.
  ///
  /// - Throws: ``Problem`` 404 if it is none.
  var pathSequence: UInt64 {
    get throws {
      guard let sequence = UInt64(self["sequence"]) else {
        throw Problem(404, "\"\(self["sequence"])\" is no event", remedy: "give a sequence")
      }
      return sequence
    }
  }

  /// One of a few words.
  func choice<Value: RawRepresentable<String> & CaseIterable>(
    _ name: String,
    _ type: Value.Type
  ) throws -> Value? {
    let names = Value.allCases.map(\.rawValue).joined(separator: ", ")
    return try option(name, "one of \(names)") { Value(rawValue: $0) }
  }

  /// How a statement is asked for.
  var statementQuestion: StatementQuestion {
    get throws {
      var question = StatementQuestion()
      question.operatingUnit = option("unit")
      question.layout = try choice("layout", StatementRequest.Layout.self)
      question.currency = option("currency")
      question.span = try choice("span", StatementRequest.Span.self)
      question.columnCount = try count("columns", in: APIRoutes.columnCounts)
      guard question.columnCount == nil || question.span != nil else {
        throw Problem(422, "columns counts the columns of a span: give span, too")
      }
      question.knownAt = times.knownAt
      question.recordedAt = request.query.first { $0.name == "recorded-at" }?.value
      return question
    }
  }
}

extension ReportFormat {
  fileprivate var mediaType: MediaType {
    switch self {
    case .csv: .csv
    case .jsonl: .jsonLines
    default: .json
    }
  }
}

extension StringProtocol {
  /// The text without such characters at its ends.
  fileprivate func trimming(_ isBlank: (Character) -> Bool) -> String {
    var text = drop(while: isBlank)
    while let last = text.last, isBlank(last) { text.removeLast() }
    return String(text)
  }
}

/// Bytes that a report hands over, until they are taken.
final class GatheredBytes {
  var bytes: [UInt8] = []

  func take() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }
}
