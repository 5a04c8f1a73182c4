/// A release of a company that nothing is known of, with its three main statements.
public enum Foundry {
  /// Its identifier.
  public static let entity = "cik:0000000043"

  /// 100 figures in the three statements, and a table that is none of them.
  public static let release = """
    OTHER FOUNDRY REPORTS FOR THE SECOND QUARTER

        Sales of the quarter were $120 million.

                                 Other Foundry, Inc.
                          Consolidated Statements of Income
                 (in millions, except per share data; unaudited)

                                Thirteen Weeks Ended          Twenty-Six Weeks Ended
                                 July 1,     July 2,           July 1,     July 2,
                                  2023        2022              2023        2022
                              ----------  ----------        ----------  ----------
    Net sales (1)             $  120.5    $  110.0          $  240.0    $  220.0
    Cost of goods sold            80.5        75.0             160.0       150.0
                              ----------  ----------        ----------  ----------
    Gross profit                  40.0        35.0              80.0        70.0
    Operating expenses:
      Selling, general and
       administrative             20.0        18.0              40.0        36.0
      Research and development     5.0         4.0              10.0         8.0
                              ----------  ----------        ----------  ----------
      Total operating expenses    25.0        22.0              50.0        44.0
                              ----------  ----------        ----------  ----------
    Operating income              15.0        13.0              30.0        26.0
    Interest expense              (1.0)       (1.5)             (2.0)       (3.0)
                              ----------  ----------        ----------  ----------
    Income before taxes           14.0        11.5              28.0        23.0
    Taxes                         (4.0)       (3.5)             (8.0)       (7.0)
                              ----------  ----------        ----------  ----------
    Net income                $   10.0    $    8.0          $   20.0    $   16.0
                              ==========  ==========        ==========  ==========

    Net income per share:
      Basic                   $   1.00    $   0.80          $   2.00    $   1.60
      Diluted                 $   0.98    $   0.79          $   1.96    $   1.58

    Weighted average shares outstanding:
      Basic                       10.0        10.0              10.0        10.0
      Diluted                     10.2        10.1              10.2        10.1

    (1) Net of 2 returns.


                                 Other Foundry, Inc.
                            Consolidated Balance Sheets
                              (in millions; unaudited)

                                             July 1,      December 31,
                                              2023            2022
    Assets
    Current assets:
      Cash and cash equivalents            $    50.0       $    40.0
      Inventories                               30.0            35.0
      Total current assets                      80.0            75.0
    Goodwill                                    20.0            20.0
    Total assets                           $   100.0       $    95.0

    Liabilities and stockholders' equity
    Current liabilities:
      Accounts payable                     $    15.0       $    20.0
      Other liabilities                          5.0             5.0
      Total current liabilities                 20.0            25.0
    Long-term debt                              10.0            10.0
    Stockholders' equity                        70.0            60.0
    Total liabilities and stockholders'
     equity                                $   100.0       $    95.0


                                 Other Foundry, Inc.
                       Consolidated Statements of Cash Flows
                              (in millions; unaudited)

                                                Twenty-Six Weeks Ended
                                               July 1,          July 2,
                                                2023             2022
    Net income                                $   20.0         $   16.0
    Depreciation                                   6.0              5.0
    Inventories                                    5.0             (4.0)
                                              ---------        ---------
    Net cash from operations                      31.0             17.0
    Capital expenditures                          (8.0)            (7.0)
    Repayment of debt                            (13.0)              -
                                              ---------        ---------
    Change in cash                                10.0             10.0
    Cash at beginning of period                   40.0             22.0
    Cash at end of period                     $   50.0         $   32.0


                                 Other Foundry, Inc.
                               Output of the Works

                                     2023            2022
    Tons cast                       1,234           1,100

    """
}
