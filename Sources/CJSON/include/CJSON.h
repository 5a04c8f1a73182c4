// JSON text to a flat array of nodes.
//
// The caller owns the text and every buffer: nothing is allocated here and nothing is kept. No number
// is read as binary floating point.

#ifndef CJSON_H
#define CJSON_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
  CJSON_NULL,
  CJSON_FALSE,
  CJSON_TRUE,
  CJSON_NUMBER,
  CJSON_STRING,          // Its text lies in the source as it is.
  CJSON_ESCAPED_STRING,  // Its text lies in the buffer of unescaped text.
  CJSON_ARRAY,
  CJSON_OBJECT,          // Key and value nodes take turns.
};

enum {
  CJSON_SUCCESS,
  CJSON_INVALID_UTF8,  // Never given here: the caller checks UTF-8.
  CJSON_UNCLOSED_STRING,
  CJSON_CONTROL_CHARACTER,
  CJSON_INVALID_ESCAPE,
  CJSON_LONE_SURROGATE,
  CJSON_INVALID_NUMBER,
  CJSON_EXPECTED_VALUE,
  CJSON_EXPECTED_KEY,
  CJSON_EXPECTED_COLON,
  CJSON_EXPECTED_COMMA_OR_BRACKET,
  CJSON_EXPECTED_COMMA_OR_BRACE,
  CJSON_EXPECTED_END,
  CJSON_UNEXPECTED_END,
  CJSON_DUPLICATE_KEY,
  CJSON_TOO_DEEP,
};

typedef struct {
  uint32_t kind;
  uint32_t offset;  // Of the first byte in the source: a string's quote, a container's bracket.
  uint32_t length;  // In bytes: of a string's text without quotes, else of the span in the source.
  uint32_t next;    // The index of the node after this one and all that it holds.
  uint32_t detail;  // Elements of an array, members of an object; or where unescaped text starts.
} cjson_node;

typedef struct {
  uint32_t code;
  uint32_t offset;  // In the source, where it went wrong.
} cjson_error;

// How large the buffers of `cjson_parse` must be.
typedef struct {
  uint32_t nodes;      // In nodes; for the keys the same number is enough.
  uint32_t unescaped;  // In bytes.
} cjson_bounds;

// Where `cjson_parse` writes.
typedef struct {
  cjson_node *nodes;   // The values and keys in source order, each container before what it holds.
  uint32_t *keys;      // Scratch: the key nodes of every object that is open.
  uint8_t *unescaped;  // The texts of the strings that are written with escapes.
  uint32_t node_count;
  uint32_t unescaped_count;
} cjson_buffers;

// How many zero bytes follow a text, so that its end needs no test.
enum { CJSON_PADDING = 8 };

// Returns how large the buffers for this text must be. `length` is below 2^32 - 256.
cjson_bounds cjson_measure(const uint8_t *text, uint32_t length);

// Writes the nodes of a text (RFC 8259), and how many there are. CJSON_PADDING zero bytes must follow
// the text.
//
// Bytes above 0x7F are taken as they are inside strings, and refused elsewhere: that they are UTF-8
// is for the caller to check. Of several faults the error is the first in the text; a string that is
// not closed is named by where it starts.
cjson_error cjson_parse(const uint8_t *text, uint32_t length, uint32_t depth_limit,
                        cjson_buffers *buffers);

#ifdef __cplusplus
}
#endif

#endif
