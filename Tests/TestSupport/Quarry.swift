/// A small company of the tests: its definitions, its profile and a release of its own.
public enum Quarry {
  /// Its identifier.
  public static let entity = "cik:0000000042"

  /// Entity, concepts, statements, a check and the profile, one event a line.
  public static let definitions = """
    {"type":"entity","entity":"cik:0000000042","name":"Example Quarry","fiscalYearEnd":"12-31"}
    {"type":"concept","concept":"quarry:Sales","kind":"statement-line","periodType":"duration"}
    {"type":"concept","concept":"quarry:Digging","kind":"statement-line","periodType":"duration"}
    {"type":"concept","concept":"quarry:Other","kind":"statement-line","periodType":"duration"}
    {"type":"concept","concept":"quarry:Costs","kind":"statement-line","periodType":"duration"}
    {"type":"concept","concept":"quarry:Result","kind":"statement-line","periodType":"duration"}
    {"type":"concept","concept":"quarry:ResultPerTon","kind":"cost","periodType":"duration"}
    {"type":"concept","concept":"quarry:Stone","kind":"production","periodType":"duration"}
    {"type":"concept","concept":"quarry:CostPerTon","kind":"cost","periodType":"duration"}
    {"type":"concept","concept":"quarry:Cash","kind":"statement-line","periodType":"instant"}
    {"type":"statement","entity":"cik:0000000042","statement":"results","title":"Statements of Results","caption":"(dollars in thousands, except per ton - unaudited)","scale":3,"columns":[{"span":"quarter"},{"span":"ytd"}],"lines":[{"label":"Sales of stone","concept":"quarry:Sales","currency":true},{"label":"Costs:"},{"label":"Digging, hauling and crushing","depth":1,"concept":"quarry:Digging"},{"label":"Other, net","depth":1,"concept":"quarry:Other","negated":true},{"label":"","concept":"quarry:Costs","subtotal":true},{"label":"Result","concept":"quarry:Result","currency":true,"total":true},{"label":"Result per ton","concept":"quarry:ResultPerTon","unit":"USD/short-ton","scale":0,"places":2},{"label":"Cash at beginning of period","concept":"quarry:Cash","instant":"start"},{"label":"Cash at end of period","concept":"quarry:Cash","instant":"end"}]}
    {"type":"statement","entity":"cik:0000000042","statement":"bridge","title":"Result before Other","scale":3,"columns":[{"span":"quarter"}],"lines":[{"label":"Result","concept":"quarry:Result"},{"label":"Less other","concept":"quarry:Other"}]}
    {"type":"statement","entity":"cik:0000000042","statement":"pits","title":"Output of the Pits","columns":[{"span":"quarter"}],"lines":[{"label":"NORTH PIT","dimensions":{"operating-unit":"North"}},{"label":"Stone cut (tons)","concept":"quarry:Stone","dimensions":{"operating-unit":"North"},"unit":"short-ton"},{"label":"Cost per ton","concept":"quarry:CostPerTon","dimensions":{"operating-unit":"North"},"unit":"USD/short-ton","places":2},{"label":"SOUTH PIT (our share)","dimensions":{"operating-unit":"South"}},{"label":"Stone cut (tons)","concept":"quarry:Stone","dimensions":{"operating-unit":"South"},"unit":"short-ton"},{"label":"Cost per ton","concept":"quarry:CostPerTon","dimensions":{"operating-unit":"South"},"unit":"USD/short-ton","places":2}]}
    {"type":"check","entity":"cik:0000000042","check":"results/costs","kind":"foot","title":"Costs","total":{"concept":"quarry:Costs"},"items":[{"concept":"quarry:Digging"},{"concept":"quarry:Other"}]}
    {"type":"profile","profile":"quarry","entity":"cik:0000000042","form":"8-K EX-99","labels":{"SOUTH PIT (our *% share)":"SOUTH PIT (our share)"},"tables":[{"statement":"results"},{"statement":"bridge","title":"* result before other *","columns":"above"},{"statement":"pits"}]}
    """

  /// A release: 48 figures in cells, three of them dashes.
  public static let release = """
    EXAMPLE QUARRY REPORTS FOR 2011

        The quarry sold stone for $6.1 million in the quarter.


                              EXAMPLE QUARRY
                          Statements of Results
                    (dollars in thousands, except per ton -
                              unaudited)

                          Third Quarter Ended   Nine Months Ended
                          Sept. 30, Sept. 30,  Sept. 30, Sept. 30,
                            2011      2010       2011      2010

    Sales of stone        $  6,120  $  5,004   $ 17,950  $ 15,333
                          --------  --------   --------  --------
    Costs:
      Digging, hauling
       and crushing          4,700     3,900     13,000    12,000
      Other, net                (1)      - -        (30)       12
                          --------  --------   --------  --------
                             4,701     3,900     13,030    11,988
                          --------  --------   --------  --------
    Result (1)            $  1,419  $  1,104   $  4,920  $  3,345
                          ========  ========   ========  ========
    Result per ton           (0.05)     0.11       0.40       - -
    Cash at beginning of
     period (2)                 80        75         60        55
    Cash at end of period      100        80        100        80


        (1) The following shows the result before other, for the three
            and nine months ended September 30, 2011 and 2010:

    Result                $  1,419  $  1,104   $  4,920  $  3,345
    Less other                  1          -         30       (12)

        (2) Cash in hand.


                              EXAMPLE QUARRY
                            Output of the Pits

                          Third Quarter
                              Ended
                            Sept. 30,
                          2011     2010

    NORTH PIT

    Stone cut (tons)    49,937   51,387
    Cost per ton        $ 4.19   $ 3.96

    SOUTH PIT (our
     29.73% share)

    Stone cut (tons)       937      387
    Cost per ton        $  .19   $ 0.96

    """
}
