#include "include/CXlsxWriter.h"

#include <dlfcn.h>
#include <stdlib.h>

// The library of the header with which this was compiled.
static const char name[] = "libxlsxwriter.so." LXW_SOVERSION;

static void *library;

const char *assay_xlsx_load(void) {
  void *loaded = __atomic_load_n(&library, __ATOMIC_ACQUIRE);
  if (loaded) return NULL;
  loaded = dlopen(name, RTLD_NOW | RTLD_LOCAL);
  if (!loaded) return dlerror();
  __atomic_store_n(&library, loaded, __ATOMIC_RELEASE);
  return NULL;
}

// The function of the library; the process ends if it has none, or was not loaded.
static void *function_named(const char *function) {
  void *found = dlsym(__atomic_load_n(&library, __ATOMIC_ACQUIRE), function);
  if (!found) abort();
  return found;
}

// A function with the name and the parameters that the header gives it, which calls that of the library. The compiler
// compares both. It is hidden, so that the library, which has the same names, never calls back here.
#define FORWARD(result, function, parameters, arguments)                             \
  __attribute__((visibility("hidden"))) result function parameters {                 \
    static void *known;                                                              \
    void *found = __atomic_load_n(&known, __ATOMIC_RELAXED);                         \
    if (!found) {                                                                    \
      found = function_named(#function);                                             \
      __atomic_store_n(&known, found, __ATOMIC_RELAXED);                             \
    }                                                                                \
    return ((__typeof__(&function))found) arguments;                                 \
  }

FORWARD(void, format_set_align, (lxw_format *format, uint8_t alignment), (format, alignment))
FORWARD(void, format_set_bold, (lxw_format *format), (format))
FORWARD(void, format_set_bottom, (lxw_format *format, uint8_t style), (format, style))
FORWARD(void, format_set_font_color, (lxw_format *format, lxw_color_t color), (format, color))
FORWARD(void, format_set_font_name, (lxw_format *format, const char *font_name), (format, font_name))
FORWARD(void, format_set_font_size, (lxw_format *format, double size), (format, size))
FORWARD(void, format_set_indent, (lxw_format *format, uint8_t level), (format, level))
FORWARD(void, format_set_num_format, (lxw_format *format, const char *num_format), (format, num_format))
FORWARD(void, format_set_text_wrap, (lxw_format *format), (format))
FORWARD(void, format_set_top, (lxw_format *format, uint8_t style), (format, style))
FORWARD(char *, lxw_strerror, (lxw_error error_num), (error_num))
FORWARD(void, lxw_workbook_free, (lxw_workbook *workbook), (workbook))
FORWARD(lxw_format *, workbook_add_format, (lxw_workbook *workbook), (workbook))
FORWARD(lxw_worksheet *, workbook_add_worksheet, (lxw_workbook *workbook, const char *sheetname), (workbook, sheetname))
FORWARD(lxw_error, workbook_close, (lxw_workbook *workbook), (workbook))
FORWARD(lxw_workbook *, workbook_new_opt, (const char *filename, lxw_workbook_options *options), (filename, options))
FORWARD(lxw_error, workbook_set_properties, (lxw_workbook *workbook, lxw_doc_properties *properties), (workbook, properties))
FORWARD(lxw_error, worksheet_autofilter, (lxw_worksheet *worksheet, lxw_row_t first_row, lxw_col_t first_col, lxw_row_t last_row, lxw_col_t last_col), (worksheet, first_row, first_col, last_row, last_col))
FORWARD(void, worksheet_fit_to_pages, (lxw_worksheet *worksheet, uint16_t width, uint16_t height), (worksheet, width, height))
FORWARD(void, worksheet_freeze_panes, (lxw_worksheet *worksheet, lxw_row_t row, lxw_col_t col), (worksheet, row, col))
FORWARD(void, worksheet_gridlines, (lxw_worksheet *worksheet, uint8_t option), (worksheet, option))
FORWARD(lxw_error, worksheet_repeat_rows, (lxw_worksheet *worksheet, lxw_row_t first_row, lxw_row_t last_row), (worksheet, first_row, last_row))
FORWARD(lxw_error, worksheet_set_column, (lxw_worksheet *worksheet, lxw_col_t first_col, lxw_col_t last_col, double width, lxw_format *format), (worksheet, first_col, last_col, width, format))
FORWARD(lxw_error, worksheet_set_footer, (lxw_worksheet *worksheet, const char *string), (worksheet, string))
FORWARD(void, worksheet_set_landscape, (lxw_worksheet *worksheet), (worksheet))
FORWARD(void, worksheet_set_paper, (lxw_worksheet *worksheet, uint8_t paper_type), (worksheet, paper_type))
FORWARD(lxw_error, worksheet_set_row, (lxw_worksheet *worksheet, lxw_row_t row, double height, lxw_format *format), (worksheet, row, height, format))
FORWARD(lxw_error, worksheet_write_blank, (lxw_worksheet *worksheet, lxw_row_t row, lxw_col_t col, lxw_format *format), (worksheet, row, col, format))
FORWARD(lxw_error, worksheet_write_formula_num, (lxw_worksheet *worksheet, lxw_row_t row, lxw_col_t col, const char *formula, lxw_format *format, double result), (worksheet, row, col, formula, format, result))
FORWARD(lxw_error, worksheet_write_number, (lxw_worksheet *worksheet, lxw_row_t row, lxw_col_t col, double number, lxw_format *format), (worksheet, row, col, number, format))
FORWARD(lxw_error, worksheet_write_string, (lxw_worksheet *worksheet, lxw_row_t row, lxw_col_t col, const char *string, lxw_format *format), (worksheet, row, col, string, format))
FORWARD(lxw_error, worksheet_write_url_opt, (lxw_worksheet *worksheet, lxw_row_t row_num, lxw_col_t col_num, const char *url, lxw_format *format, const char *string, const char *tooltip), (worksheet, row_num, col_num, url, format, string, tooltip))
