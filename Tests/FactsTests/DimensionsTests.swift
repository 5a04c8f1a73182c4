import Facts
import Testing

@Suite("Dimensions") struct DimensionsTests {
  @Test(
    "are held in the order of their keys, whatever the order they were given in",
    arguments: [
      ("", ""), ("metal=gold", "metal=gold"),
      ("operating-unit=La Camorra;metal=gold", "metal=gold;operating-unit=La Camorra"),
      ("b=2;a=1;c=3", "a=1;b=2;c=3"), ("a=x=y", "a=x=y"), ("a b= c ", "a b= c "),
      ("é=1;z=2", "z=2;é=1"), ("\u{FF5E}=1;😀=2", "😀=2;\u{FF5E}=1"), ("B=1;a=2", "B=1;a=2"),
    ]
  )
  func areSortedByKey(text: String, canonical: String) throws {
    let dimensions = try Dimensions(text)
    #expect(dimensions.text == canonical)
    #expect(try Dimensions(dimensions.text) == dimensions)
    #expect(dimensions.isEmpty == canonical.isEmpty)
  }

  @Test("give the value under a key")
  func giveValueUnderKey() throws {
    let dimensions = try Dimensions([("operating-unit", "La Camorra"), ("metal", "gold")])
    #expect(dimensions["metal"] == "gold")
    #expect(dimensions["operating-unit"] == "La Camorra")
    #expect(dimensions["Metal"] == nil)
    #expect(
      dimensions.pairs.map { "\($0.key): \($0.value)" } == [
        "metal: gold", "operating-unit: La Camorra",
      ]
    )
    #expect(Dimensions.none.pairs.isEmpty)
    #expect(Dimensions.none == (try Dimensions([])))
  }

  @Test("are equal in every order of four pairs")
  func everyOrder() throws {
    let pairs = [("a", "1"), ("b", "2"), ("c", "3"), ("d", "4")]
    for first in 0..<4 {
      for second in 0..<4 where second != first {
        for third in 0..<4 where third != first && third != second {
          let order = [first, second, third, 6 - first - second - third]
          let dimensions = try Dimensions(order.map { (key: pairs[$0].0, value: pairs[$0].1) })
          #expect(dimensions.text == "a=1;b=2;c=3;d=4")
        }
      }
    }
  }

  @Test(
    "keep a value or key that begins with a combining mark",
    arguments: [("metal", "\u{301}x"), ("\u{338}a", "x"), ("metal", "\u{338}"), ("a", "b\u{301}")]
  )
  func combiningMarks(key: String, value: String) throws {
    let dimensions = try Dimensions([("Z", "1"), (key, value)])
    let pairs = dimensions.pairs.map { [Array($0.key.utf8), Array($0.value.utf8)] }
    #expect(pairs == [[Array("Z".utf8), Array("1".utf8)], [Array(key.utf8), Array(value.utf8)]])
    #expect(try Dimensions(dimensions.text).text.utf8.elementsEqual(dimensions.text.utf8))
  }

  @Test(
    "have names and values that the text form has a place for",
    arguments: [
      ("", "x"), ("a", ""), ("a;b", "x"), ("a", "x;y"), ("a=b", "x"), ("a\n", "x"),
      ("a", "x\u{7F}"),
      ("a", "\0"), ("=", "x"), ("a", "\r\n"),
    ]
  )
  func refuseNamesAndValuesThatTextFormCannotHold(key: String, value: String) {
    #expect(throws: Dimensions.Malformation.unusable("\(key)=\(value)")) {
      try Dimensions([("metal", "gold"), (key, value)])
    }
  }

  @Test("in text need an equals sign", arguments: ["metal", "metal=gold;silver"])
  func noEquals(text: String) throws {
    let part = try #require(text.split(separator: ";").last)
    #expect(throws: Dimensions.Malformation.unusable(String(part))) { try Dimensions(text) }
  }

  @Test("name each key once")
  func nameEachKeyOnce() {
    #expect(throws: Dimensions.Malformation.repeated("metal")) {
      try Dimensions("metal=gold;unit=x;metal=silver")
    }
    #expect(throws: Dimensions.Malformation.repeated("metal")) {
      try Dimensions([("metal", "gold"), ("metal", "gold")])
    }
  }
}
