enum Sample {
  static let text = #"""
    {"type":"production","filing":"0001157523-04-010335","dimensions":{"metal":"gold",
     "operating-unit":"La Camorra \u00e9\n"},"value":"28290","decimals":-3,"empty":[{},[],""],
     "flags":[true,false,null],"pair":"\ud83d\ude00 😀","source":{"line":700,"text":"28,290"}}
    """#
}
