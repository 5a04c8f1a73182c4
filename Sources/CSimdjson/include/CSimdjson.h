// JSON text to a flat array of nodes, by simdjson.
//
// The caller owns the text and the nodes; the parser keeps only the positions of the tokens. No
// function throws, and none reads a number as binary floating point.

#ifndef CSIMDJSON_H
#define CSIMDJSON_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
  CSIMDJSON_NULL,
  CSIMDJSON_FALSE,
  CSIMDJSON_TRUE,
  CSIMDJSON_NUMBER,
  CSIMDJSON_STRING,          // Its text lies in the source as it is.
  CSIMDJSON_ESCAPED_STRING,  // Its text lies in the buffer of unescaped text.
  CSIMDJSON_ARRAY,
  CSIMDJSON_OBJECT,          // Key and value nodes take turns.
};

enum {
  CSIMDJSON_SUCCESS,
  CSIMDJSON_OUT_OF_MEMORY,
  CSIMDJSON_INVALID_UTF8,
  CSIMDJSON_UNCLOSED_STRING,
  CSIMDJSON_CONTROL_CHARACTER,
  CSIMDJSON_INVALID_ESCAPE,
  CSIMDJSON_LONE_SURROGATE,
  CSIMDJSON_INVALID_NUMBER,
  CSIMDJSON_EXPECTED_VALUE,
  CSIMDJSON_EXPECTED_KEY,
  CSIMDJSON_EXPECTED_COLON,
  CSIMDJSON_EXPECTED_COMMA_OR_BRACKET,
  CSIMDJSON_EXPECTED_COMMA_OR_BRACE,
  CSIMDJSON_EXPECTED_END,
  CSIMDJSON_UNEXPECTED_END,
  CSIMDJSON_DUPLICATE_KEY,
  CSIMDJSON_TOO_DEEP,
};

typedef struct {
  uint32_t kind;
  uint32_t offset;  // Of the first byte in the source: a string's quote, a container's bracket.
  uint32_t length;  // In bytes: of a string's text without quotes, else of the span in the source.
  uint32_t next;    // The index of the node after this one and all that it holds.
  uint32_t detail;  // Elements of an array, members of an object; or where unescaped text starts.
} csimdjson_node;

typedef struct {
  uint32_t code;
  uint32_t offset;  // In the source, where it went wrong.
} csimdjson_error;

typedef struct csimdjson_parser csimdjson_parser;

// Returns null when memory runs out.
csimdjson_parser *csimdjson_create(void);

void csimdjson_destroy(csimdjson_parser *parser);

// Finds the tokens of the text, and says how large the buffers of `csimdjson_build` must be.
//
// `length` is below 2^32 - 256. Checks UTF-8 (the offset of that error is not known here), control
// characters and that every string is closed.
csimdjson_error csimdjson_index(csimdjson_parser *parser, const uint8_t *text, uint32_t length,
                                uint32_t *node_bound, uint32_t *unescaped_bound);

// Writes the nodes of the text indexed last. A zero byte must follow the text.
csimdjson_error csimdjson_build(csimdjson_parser *parser, const uint8_t *text, uint32_t length,
                                uint32_t depth_limit, csimdjson_node *nodes, uint32_t *node_count,
                                uint8_t *unescaped, uint32_t *unescaped_count);

#ifdef __cplusplus
}
#endif

#endif
