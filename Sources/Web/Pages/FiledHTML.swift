/// A page as it was filed, without what could do anything: it is written anew from its tags.
///
/// Left out are scripts, frames, forms, comments and everything that names an address. It is sent to a frame without
/// scripts besides, with a policy that loads nothing: what is missed here is stopped there.
struct FiledHTML {
  private var rest: Substring.UnicodeScalarView
  private var html = ""

  /// Elements that are left out with all that is in them.
  private static let barred: Set<String> = [
    "script", "iframe", "object", "embed", "applet", "noscript", "template", "svg", "math",
    "frameset", "noframes",
    "noembed", "xmp", "plaintext", "portal", "title", "textarea", "select",
  ]

  /// Elements of which only the content is kept: an address, a form or a header of the page.
  private static let unwrapped: Set<String> = [
    "html", "head", "body", "base", "meta", "link", "form", "input", "button", "a", "img", "image",
    "frame", "source",
    "audio", "video", "track", "area", "map", "keygen", "option", "label", "fieldset", "marquee",
    "dialog",
  ]

  /// The only attributes that are kept; none of them names an address.
  private static let attributes: Set<String> = [
    "style", "align", "valign", "width", "height", "colspan", "rowspan", "border", "cellpadding",
    "cellspacing",
    "bgcolor", "color", "size", "face", "nowrap", "noshade", "dir", "lang", "type", "start",
    "value",
  ]

  init(_ text: String) { rest = text[...].unicodeScalars }

  /// The page without what could do anything.
  ///
  /// - Complexity: O(*n*).
  mutating func sanitized() -> String {
    html =
      "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>As filed</title></head><body>\n"
    while let scalar = rest.popFirst() {
      if scalar == "<" { readTag() } else { append(scalar) }
    }
    return html + "\n</body></html>\n"
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "<": html += "&lt;"
    case ">": html += "&gt;"
    case "\0": html += "\u{FFFD}"
    default: html.unicodeScalars.append(scalar)
    }
  }

  private mutating func readTag() {
    if rest.starts(with: "!--".unicodeScalars) { return skip(past: "-->") }
    if rest.first == "!" || rest.first == "?" { return skip(past: ">") }
    let isEnd = rest.first == "/"
    if isEnd { rest.removeFirst() }
    guard let first = rest.first, first.properties.isAlphabetic, first.isASCII else {
      html += isEnd ? "&lt;/" : "&lt;"
      return
    }
    let name = readName()
    let kept = readAttributes()
    if Self.barred.contains(name) {
      if !isEnd { skip(pastEndOf: name) }
      return
    }
    // Elements of other vocabularies, as those of inline XBRL, are nothing to look at.
    let isPlain = name.unicodeScalars.allSatisfy {
      $0.isASCII && $0.properties.isAlphabetic || ("1"..."6").contains($0)
    }
    guard !Self.unwrapped.contains(name), isPlain else { return }
    if name == "style", !isEnd { return readStyle() }
    html += isEnd ? "</\(name)>" : "<\(name)\(kept)>"
  }

  private mutating func readName() -> String {
    var name = ""
    while let scalar = rest.first, !scalar.properties.isWhitespace, scalar != ">", scalar != "/" {
      name.unicodeScalars.append(scalar)
      rest.removeFirst()
    }
    return name.lowercased()
  }

  /// The attributes that are kept, each with a space before it; reads to the end of the tag.
  private mutating func readAttributes() -> String {
    var kept = ""
    while let scalar = rest.first, scalar != ">" {
      if scalar.properties.isWhitespace || scalar == "/" {
        rest.removeFirst()
        continue
      }
      var name = ""
      while let scalar = rest.first, !scalar.properties.isWhitespace, scalar != ">", scalar != "=",
        scalar != "/" || name.isEmpty
      {
        name.unicodeScalars.append(scalar)
        rest.removeFirst()
      }
      let value = readValue()
      // An equals sign where a name should be: nothing was read.
      if name.isEmpty, value == nil { rest = rest.dropFirst() }
      guard Self.attributes.contains(name.lowercased()), let value, Self.isHarmless(value) else {
        continue
      }
      kept +=
        " \(name.lowercased())=\"\(value.replacing("\"", with: "&quot;").replacing("<", with: "&lt;"))\""
    }
    _ = rest.popFirst()
    return kept
  }

  private mutating func readValue() -> String? {
    var ahead = rest.drop { $0.properties.isWhitespace }
    guard ahead.first == "=" else { return nil }
    ahead = ahead.dropFirst().drop { $0.properties.isWhitespace }
    if let quote = ahead.first, quote == "\"" || quote == "'" {
      ahead = ahead.dropFirst()
      let value = ahead.prefix { $0 != quote }
      rest = ahead.dropFirst(value.count + 1)
      return String(String.UnicodeScalarView(value))
    }
    let value = ahead.prefix { !$0.properties.isWhitespace && $0 != ">" }
    rest = ahead.dropFirst(value.count)
    return String(String.UnicodeScalarView(value))
  }

  /// Whether a style names no address, and hides none behind escapes.
  private static func isHarmless(_ style: String) -> Bool {
    let text = style.lowercased()
    return !text.contains("url") && !text.contains("import") && !text.contains("\\")
      && !text.contains("expression") && !text.contains("&") && !text.contains("position")
  }

  private mutating func readStyle() {
    var style = String.UnicodeScalarView()
    while let scalar = rest.first, scalar != "<" {
      style.append(scalar)
      rest.removeFirst()
    }
    skip(pastEndOf: "style")
    let text = String(style)
    if Self.isHarmless(text) { html += "<style>\(text)</style>" }
  }

  private mutating func skip(past end: String) {
    while !rest.isEmpty {
      if rest.starts(with: end.unicodeScalars) {
        rest = rest.dropFirst(end.unicodeScalars.count)
        return
      }
      rest.removeFirst()
    }
  }

  private mutating func skip(pastEndOf name: String) {
    while let scalar = rest.popFirst() {
      guard scalar == "<", rest.first == "/" else { continue }
      let found = String(
        String.UnicodeScalarView(rest.dropFirst().prefix(name.unicodeScalars.count))
      )
      if found.lowercased() == name {
        skip(past: ">")
        return
      }
    }
  }
}
