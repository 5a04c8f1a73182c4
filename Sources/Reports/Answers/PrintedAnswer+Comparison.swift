import JSON
import Platform

extension PrintedAnswer {
  /// The first place where the printed answer differs from a paper that answers the same question now.
  ///
  /// JSON is compared member by member, whatever its white space and the order of its members; any
  /// other format line by line, blank lines left out; the text of printed pages word by word, and the figures of
  /// each row in their order.
  ///
  /// - Throws: As ``Document/bytes(as:)``.
  /// - Returns: The place and both texts; `nil` if the two have the same content.
  public func difference(from paper: some ReceiptedPaper) throws -> String? {
    guard !isPrint else { return try printDifference(from: paper) }
    if format == .xlsx { return try workbookDifference(from: paper) }
    // What looks like a style within a text is taken out of both.
    let bytes = TerminalText.withoutStyles(try paper.bytes(as: format))
    let printed = String(decoding: bytes, as: UTF8.self)
    return format == .json ? jsonDifference(from: printed) : lineDifference(from: printed)
  }

  private func lineDifference(from printed: String) -> String? {
    let paper = text.split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated().filter { !$0.element.isEmpty }
    let ledger = printed.split(separator: "\n").filter { !$0.allSatisfy(\.isWhitespace) }
    for (line, expected) in zip(paper, ledger) where line.element != String(expected.trimmedAtEnd) {
      return
        "line \(line.offset + 1): the paper says \"\(line.element)\", the ledger \"\(expected)\""
    }
    if paper.count < ledger.count {
      return "the paper ends before the line \"\(ledger[paper.count])\""
    }
    return paper.dropFirst(ledger.count).first.map { line in
      "line \(line.offset + 1): the paper says \"\(line.element)\", the ledger nothing"
    }
  }

  private func jsonDifference(from printed: String) -> String? {
    // Both were parsed or written before.
    guard let paper = try? JSONParser().parse(text).root,
      let ledger = try? JSONParser().parse(printed).root
    else { return "the JSON does not read" }
    return JSONDifference.first(paper, ledger, at: []).map { difference in
      let place = difference.place(in: ledger)
      guard let paper = difference.paper else {
        return "\(place): the paper says nothing, the ledger \(difference.ledger ?? "")"
      }
      return "\(place): the paper says \(paper), the ledger \(difference.ledger ?? "nothing")"
    }
  }
}

/// The first difference of two JSON values.
private struct JSONDifference {
  enum Step {
    case key(String)
    case index(Int)
  }

  let path: [Step]

  /// The text there; `nil` if there is none.
  let paper: String?
  let ledger: String?

  static func first(_ paper: JSONNode, _ ledger: JSONNode, at path: [Step]) -> JSONDifference? {
    if paper.kind == .object, ledger.kind == .object {
      for (key, value) in ledger.members.map({ ($0.key, $0.value) }) {
        let step = path + [.key(key)]
        guard let other = paper[key] else { return missing(value, at: step, isOnPaper: false) }
        if let found = first(other, value, at: step) { return found }
      }
      return paper.members.first { ledger[$0.key] == nil }.flatMap { member in
        missing(member.value, at: path + [.key(member.key)], isOnPaper: true)
      }
    }
    if paper.kind == .array, ledger.kind == .array {
      let (left, right) = (Array(paper.elements), Array(ledger.elements))
      for (index, pair) in zip(left, right).enumerated() {
        if let found = first(pair.0, pair.1, at: path + [.index(index)]) { return found }
      }
      let step = path + [.index(min(left.count, right.count))]
      if left.count > right.count { return missing(left[right.count], at: step, isOnPaper: true) }
      if left.count < right.count { return missing(right[left.count], at: step, isOnPaper: false) }
      return nil
    }
    let texts = (text(paper), text(ledger))
    return texts.0 == texts.1 ? nil : JSONDifference(path: path, paper: texts.0, ledger: texts.1)
  }

  private static func missing(_ node: JSONNode, at path: [Step], isOnPaper: Bool) -> JSONDifference
  {
    let text = text(node)
    return JSONDifference(path: path, paper: isOnPaper ? text : nil, ledger: isOnPaper ? nil : text)
  }

  /// The value as canonical JSON; a number that is none of this program as it is written.
  private static func text(_ node: JSONNode) -> String {
    (try? JSONValue(node).canonicalText) ?? node.numberText ?? "an unreadable value"
  }

  /// The path, with the captions of line and column where it leads to a cell.
  func place(in ledger: JSONNode) -> String {
    var text = ""
    for step in path {
      switch step {
      case .key(let key): text += text.isEmpty ? key : ".\(key)"
      case .index(let index): text += "[\(index)]"
      }
    }
    guard path.count >= 2, case .key("lines") = path[0], case .index(let line) = path[1],
      let label = ledger["lines"]?.label(of: line)
    else { return text }
    var captions = ["\"\(label)\""]
    if path.count >= 4, case .index(let column) = path[3],
      let label = ledger["columns"]?.label(of: column)
    {
      captions.append("\"\(label)\"")
    }
    return "\(text) (\(captions.joined(separator: ", ")))"
  }
}

extension JSONNode {
  /// The caption of the line or column at `index`; `nil` if there is none.
  fileprivate func label(of index: Int) -> String? {
    let elements = Array(elements)
    return elements.indices.contains(index) ? elements[index]["label"]?.string : nil
  }
}
