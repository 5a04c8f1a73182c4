import Reports

/// A form whose fields are items of the page's own address.
struct PageForm {
  private var fields = ""

  /// The whole form.
  var html: String {
    "<form class=\"times\" method=\"get\">\n\(fields)<p><button>Show</button></p>\n</form>\n"
  }

  /// Keeps an item as it is.
  mutating func keep(_ name: String, _ value: String?) {
    guard let value else { return }
    fields += "<input type=\"hidden\" name=\"\(name)\" value=\"\(value.htmlText)\">\n"
  }

  /// A field for a text.
  mutating func add(_ name: String, _ title: String, text: String) {
    fields += "<div><label for=\"\(name)\">\(title)</label>\n"
    fields += "<input id=\"\(name)\" name=\"\(name)\" value=\"\(text.htmlText)\"></div>\n"
  }

  /// A list of values to choose from.
  ///
  /// - Parameters:
  ///   - chosen: One that is not in the list is put in its place by its text.
  ///   - hasSlider: Whether the script makes a slider of it.
  mutating func add(
    _ name: String,
    _ title: String,
    _ values: [(value: String, text: String)],
    chosen: String?,
    hasSlider: Bool = false
  ) {
    var values = values
    if let chosen, !values.contains(where: { $0.value == chosen }) {
      values = (values + [(chosen, chosen)]).sorted { $0.value < $1.value }
    }
    let options = values.map { value, text in
      let mark = value == chosen ? " selected" : ""
      return "<option value=\"\(value.htmlText)\"\(mark)>\(text.htmlText)</option>"
    }
    let slider = hasSlider ? " data-slider" : ""
    fields += """
      <div><label for="\(name)">\(title)</label>
      <select id="\(name)" name="\(name)"\(slider)>\(options.joined())</select></div>

      """
  }
}
