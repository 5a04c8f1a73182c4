import JSON
import Testing

@testable import Facts

@Suite("A filing is refused")
struct FilingRefusalTests {
  @Test(
    "if its time of acceptance, its documents or its filers are impossible",
    arguments: [
      (
        #"{"type":"filing","filing":"F","entity":"e","published":"2004-11-04","accepted":"2004-11-04T13:00:30Z"}"#,
        #""accepted" is "2004-11-04T13:00:30Z""#, "2004-11-04T08:00:30-05:00"
      ),
      (
        #"{"type":"filing","filing":"F","entity":"e","published":"2004-11-04","documents":[{"name":"a"},{"name":"a"}]}"#,
        #""documents" names a twice"#, "keep one"
      ),
      (
        #"{"type":"filing","filing":"F","entity":"e","published":"2004-11-04","documents":[{"name":"a","sequence":0}]}"#,
        #""sequence" is 0"#, "from 1"
      ),
      (
        #"{"type":"filing","filing":"F","entity":"e","published":"2004-11-04","entities":["f"]}"#,
        #""entities" lacks the entity e"#, "all who filed"
      ),
      (
        #"{"type":"filing","filing":"F","entity":"e","published":"2004-11-04","entities":["e",1]}"#,
        #"an element of "entities" is no name"#, "names in quotation marks"
      ),
    ]
  )
  func impossibleParticularsAreRefused(line: String, message: String, remedy: String) throws {
    let refusal = try #require(throws: InvalidEvent.self) {
      _ = try Event(JSONParser().parse(Array(line.utf8)).root)
    }
    #expect(refusal.message.contains(message), "\(refusal)")
    #expect(refusal.remedy.contains(remedy), "\(refusal)")
  }
}
