/// The frame of a page that needs no other file.
public enum HTMLPage {
  /// Everything until the contents of the body.
  static func start(title: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(title.htmlText)</title>
    <style>
    \(style)
    </style>
    </head>
    <body>
    <main>

    """
  }

  /// Everything after the main part of the page.
  public static let end = "</main>\n</body>\n</html>\n"

  private static let style = """
    body { font: 15px/1.45 system-ui, sans-serif; color: #1b1b1b; background: #fff;
      max-width: 64rem; margin: 2rem auto; padding: 0 1rem; }
    h1 { font-size: 1.3rem; text-align: center; text-transform: uppercase; margin: 1.5rem 0 0; }
    h2 { font-size: 1.1rem; text-align: center; margin: 0.2rem 0 0; }
    h2.part { margin-top: 2rem; break-before: page; }
    p.caption { text-align: center; margin: 0.2rem 0 1rem; }
    p.notice { border-left: 4px solid #b58900; padding: 0.4rem 0.8rem; background: #fdf6e3; }
    table { border-collapse: collapse; margin: 0 auto; }
    th, td { padding: 0.15rem 0.7rem; vertical-align: bottom; text-align: left; }
    thead th { border-bottom: 1px solid #777; font-weight: 600; }
    td.figure, th.figure { text-align: right; font-variant-numeric: tabular-nums;
      white-space: nowrap; }
    td.word { white-space: nowrap; }
    thead th.figure { white-space: normal; width: 6.5rem; }
    table.wide thead th.figure { width: auto; }
    th.group { text-align: center; border-bottom: 0; }
    tr.heading th { padding-top: 0.8rem; font-weight: 600; }
    tbody th { font-weight: normal; min-width: 18rem; }
    tr.subtotal td.figure, tr.total td.figure { border-top: 1px solid #333; }
    tr.total td.figure { border-bottom: 3px double #333; }
    figure { margin: 1rem auto; max-width: 45rem; } svg.chart { width: 100%; height: auto; }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.1rem 1rem;
      font-size: 0.85rem; color: #444; margin: 1rem 0; }
    dd { margin: 0; overflow-wrap: anywhere; }
    tbody td { vertical-align: top; } tbody th ~ td { vertical-align: bottom; }
    @media screen {
      body:has(table.wide) { max-width: 96rem; }
      table.wide td.long { min-width: 13rem; }
    }
    @page wide { size: A4 landscape; margin: 10mm; }
    @media print {
      body { margin: 0; max-width: none; }
      thead { display: table-header-group; }
      tr, dl, figure { break-inside: avoid; }
      body:has(table.wide) { page: wide; }
      table.wide { font-size: 6.5pt; }
      table.wide th, table.wide td { padding: 0.1rem 0.3rem; }
    }
    """

  /// A line under a heading.
  static func caption(_ text: String) -> String { "<p class=\"caption\">\(text.htmlText)</p>\n" }

  /// A drawing.
  public static func figure(_ svg: String) -> String { "<figure>\n\(svg)</figure>\n" }

  /// What a reader must not miss.
  public static func notice(_ text: String) -> String {
    "<p class=\"notice\">\(text.htmlText)</p>\n"
  }

  /// A list of names and texts.
  public static func definitions(_ pairs: [(name: String, text: String)]) -> String {
    guard !pairs.isEmpty else { return "" }
    let items = pairs.map { "<dt>\($0.name.htmlText)</dt><dd>\($0.text.htmlText)</dd>\n" }
    return "<dl>\n\(items.joined())</dl>\n"
  }
}
