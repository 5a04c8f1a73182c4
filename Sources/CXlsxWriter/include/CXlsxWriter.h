#include <xlsxwriter.h>

/// Loads libxlsxwriter, once, when the first workbook is written: no other command pays for it and for what it needs.
///
/// Returns NULL, or what is wrong. The functions of the library that are used here may be called after that alone.
const char *assay_xlsx_load(void);
