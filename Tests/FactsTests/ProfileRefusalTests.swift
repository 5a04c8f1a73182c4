import Facts
import JSON
import Testing

@Suite("Profiles that are refused")
struct ProfileRefusalTests {
  @Test(
    "say what is wrong",
    arguments: [
      (#"{"type":"profile","entity":"e","tables":[]}"#, "profile has no \"profile\""),
      (#"{"type":"profile","profile":"p","tables":[]}"#, "profile has no \"entity\""),
      (#"{"type":"profile","profile":"p@e","entity":"e","tables":[]}"#, "\"profile\" is \"p@e\""),
      (#"{"type":"profile","profile":"p","entity":"e"}"#, "profile has no \"tables\""),
      (
        #"{"type":"profile","profile":"p","entity":"e","tables":[]}"#, "profile \"p\" has no tables"
      ),
      (#"{"type":"profile","profile":"p","entity":"e","tables":{}}"#, "\"tables\" is no list"),
      (
        #"{"type":"profile","profile":"p","entity":"e","tables":[{}]}"#,
        "table of a profile has no \"statement\""
      ),
      (
        #"{"type":"profile","profile":"p","entity":"e","tables":[{"statement":"s","columns":"x"}]}"#,
        "\"columns\" is \"x\""
      ),
      (
        #"{"type":"profile","profile":"p","entity":"e","tables":[{"statement":"s"}],"labels":[]}"#,
        "\"labels\" is no object"
      ),
      (
        #"{"type":"profile","profile":"p","entity":"e","tables":[{"statement":"s"}],"labels":{"a":1}}"#,
        "\"labels\" has no text under \"a\""
      ),
    ]
  )
  func sayWhatIsWrong(line: String, message: String) throws {
    let error = #expect(throws: InvalidEvent.self) {
      try Event(JSONParser().parse(Array(line.utf8)).root)
    }
    #expect(error?.message.hasPrefix(message) == true, "\(String(describing: error))")
  }
}
