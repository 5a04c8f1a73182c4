import Testing

@Suite("A refused check line") struct CheckRefusalTests {
  /// A line of a check of a total with one item, with these fields in the place of its own.
  private static func line(
    kind: String = #""foot""#,
    total: String = #"{"concept":"x:A"}"#,
    items: String = #"[{"concept":"x:B"}]"#,
    _ more: String = ""
  ) -> String {
    #"{"type":"check","check":"c","title":"t","kind":\#(kind)"#
      + (total.isEmpty ? "" : #","total":\#(total)"#)
      + (items.isEmpty ? "" : #","items":\#(items)"#)
      + (more.isEmpty ? "" : ",\(more)") + "}"
  }

  @Test(
    "says which part of the tie-out is wrong",
    arguments: [
      (#"{"type":"check","check":"c","title":"t"}"#, #"check "c" has no "kind""#, "add the field"),
      (#"{"type":"check","kind":"foot","title":"t"}"#, #"check has no "check""#, "add the field"),
      (#"{"type":"check","check":"c","kind":"equal"}"#, #"check has no "title""#, "add the field"),
      (
        line(kind: #""sum""#), #""kind" is "sum""#,
        "write one of: foot, cross-foot, roll-forward, equal, ratio, articulation"
      ),
      (line(items: ""), #"check "c" does not say what follows from what"#, "or neither"),
      (line(total: ""), #"check "c" does not say what follows from what"#, "give a total"),
      (
        line(total: #"{"value":"1"}"#), #"check "c" does not say what follows from what"#,
        "give a total that is a fact, and items"
      ),
      (line(items: "{}"), #""items" is no list"#, "write [ … ]"),
      (line(#""divisor":7"#), #""divisor" is no list"#, "write [ … ]"),
      (line(#""multiplier":"x""#), #""multiplier" is no list"#, "write [ … ]"),
      (
        line(#""divisor":[{"concept":"x:C"}]"#), #"check "c" multiplies or divides and is a foot"#,
        #"write "kind":"ratio""#
      ),
      (
        line(items: #"[{"concept":"x:B","multiplier":[{"value":"2"}]}]"#),
        "multiplies or divides and is a foot", #"write "kind":"ratio""#
      ),
      (line(total: "7"), "operand of a check is not a JSON object", "write {"),
      (line(items: "[{}]"), "an operand is neither a fact nor a constant", "a concept or a value"),
      (
        line(items: #"[{"concept":"x:B","value":"1"}]"#),
        "an operand is neither a fact nor a constant", "give a concept or a value"
      ),
      (
        line(items: #"[{"concept":"x:B","weight":0}]"#),
        "an operand is neither a fact nor a constant", "a weight of 1 or -1"
      ),
      (line(items: #"[{"concept":"x:B","weight":2}]"#), #""weight" is 2"#, "from -1 to 1"),
      (line(items: #"[{"value":"1,000"}]"#), #""value" is "1,000""#, "a plain decimal number"),
      (line(items: #"[{"value":1}]"#), #""value" is not a text"#, "in quotation marks"),
      (
        line(items: #"[{"concept":"x:B","wieght":-1}]"#),
        #"operand of a check has an unknown field "wieght""#, #"did you mean "weight"?"#
      ),
      (
        line(total: "", items: "", #""filing":"f""#),
        #"check "c" has no total for its filing or its aspects"#, "give a total and items"
      ),
      (
        line(total: "", items: "", #""aspects":"of-total""#),
        #"check "c" has no total for its filing or its aspects"#, "give a total and items"
      ),
      (line(#""aspects":"all""#), #""aspects" is "all""#, "write one of: own, of-total"),
      (
        line(total: #"{"concept":"x:A","unit":"ozt"}"#, #""aspects":"of-total""#),
        #"check "c" takes the aspects of its total, and an operand says its own"#,
        "give operands a concept and a weight only"
      ),
      (
        line(
          items: #"[{"concept":"x:B","dimensions":{"metal":"gold"}}]"#,
          #""aspects":"of-total""#
        ), #"check "c" takes the aspects of its total"#, "a concept and a weight only"
      ),
      (
        line(items: #"[{"concept":"x:B","instant":"end"}]"#, #""aspects":"of-total""#),
        #"check "c" takes the aspects of its total"#, "a concept and a weight only"
      ),
      (
        line(items: #"[{"value":"1"}]"#, #""aspects":"of-total""#),
        #"check "c" takes the aspects of its total"#, "a concept and a weight only"
      ),
      (line(#""item":[]"#), #"check has an unknown field "item""#, #"did you mean "items"?"#),
    ] as [Refusal]
  )
  func tieOut(refusal expected: Refusal) throws { try check(expected) }
}
