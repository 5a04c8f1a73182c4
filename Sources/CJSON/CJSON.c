#define _GNU_SOURCE  // qsort_r

#include "CJSON.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "skip_plain reads the bytes of a word from the lowest up"
#endif

// One descent over the bytes. Zero bytes follow the text: they fit nothing, so no walk goes past the
// first of them.
typedef struct {
  const uint8_t *const text;
  const uint32_t length;
  const uint32_t depth_limit;
  const uint8_t *place;  // The next byte to read.
  cjson_node *const nodes;
  uint8_t *const unescaped;
  uint32_t *keys;  // After the key nodes of every object that is open.
  uint32_t node_count;
  uint32_t unescaped_count;
  cjson_error error;
} reader;

static bool read_value(reader *self, uint32_t depth);

// MARK: Bytes

static bool is_digit(uint8_t byte) { return byte >= '0' && byte <= '9'; }

static bool is_space(uint8_t byte) {
  return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

static bool is_delimiter(uint8_t byte) {
  return is_space(byte) || byte == ',' || byte == ':' || byte == ']' || byte == '}';
}

static uint32_t offset_of(const reader *self, const uint8_t *place) {
  return (uint32_t)(place - self->text);
}

static bool is_end(const reader *self, const uint8_t *place) {
  return offset_of(self, place) == self->length;
}

static bool fail(reader *self, uint32_t code, const uint8_t *place) {
  self->error.code = is_end(self, place) ? CJSON_UNEXPECTED_END : code;
  self->error.offset = offset_of(self, place);
  return false;
}

static void skip_space(reader *self) {
  if (*self->place > ' ') return;
  const uint8_t *place = self->place;
  while (is_space(*place)) ++place;
  self->place = place;
}

static bool accept(reader *self, char wanted) {
  skip_space(self);
  if (*self->place != wanted) return false;
  ++self->place;
  return true;
}

// MARK: Nodes

static void push(reader *self, cjson_node node) {
  node.next = self->node_count + 1;
  self->nodes[self->node_count++] = node;
}

static void push_scalar(reader *self, uint32_t kind, const uint8_t *start, const uint8_t *end) {
  push(self, (cjson_node){kind, offset_of(self, start), (uint32_t)(end - start), 0, 0});
  self->place = end;
}

static uint32_t open_container(reader *self, uint32_t kind) {
  push(self, (cjson_node){kind, offset_of(self, self->place), 0, 0, 0});
  ++self->place;
  return self->node_count - 1;
}

static bool close_container(reader *self, uint32_t index, uint32_t count) {
  cjson_node *const node = &self->nodes[index];
  node->length = offset_of(self, self->place) - node->offset;
  node->next = self->node_count;
  node->detail = count;
  return true;
}

// MARK: Strings

// The first byte that is a quote, a backslash or a control character: looks at eight at a time, and so
// at most at the eight zero bytes after the text.
//
// Subtracting sets the high bit of a byte that is less. That may borrow from the next byte, but only
// from a byte that is found itself, and the lowest byte found is the first in the text.
static const uint8_t *skip_plain(const uint8_t *place) {
  const uint64_t ones = 0x0101010101010101;
  for (;;) {
    uint64_t word;
    memcpy(&word, place, sizeof word);
    const uint64_t controls = word - ones * 0x20;
    const uint64_t quotes = (word ^ ones * '"') - ones;
    const uint64_t backslashes = (word ^ ones * '\\') - ones;
    const uint64_t found = (controls | quotes | backslashes) & ~word & ones * 0x80;
    if (found != 0) return place + __builtin_ctzll(found) / 8;
    place += sizeof word;
  }
}

// Reads a \u escape of four hexadecimal digits, one UTF-16 code unit, and stops at the first byte that
// does not belong to it.
static bool read_unit(const uint8_t **place, uint32_t *unit) {
  if (**place != '\\') return false;
  if (*++*place != 'u') return false;
  ++*place;
  *unit = 0;
  for (int index = 0; index < 4; ++index, ++*place) {
    const uint8_t digit = **place;
    const uint8_t letter = digit | 0x20;
    if (is_digit(digit)) {
      *unit = *unit << 4 | (uint32_t)(digit - '0');
    } else if (letter >= 'a' && letter <= 'f') {
      *unit = *unit << 4 | (uint32_t)(letter - 'a' + 10);
    } else {
      return false;
    }
  }
  return true;
}

static void append_scalar(reader *self, uint32_t scalar) {
  static const uint8_t lead[] = {0, 0xC0, 0xE0, 0xF0};
  const int rest = scalar < 0x80 ? 0 : scalar < 0x800 ? 1 : scalar < 0x10000 ? 2 : 3;
  self->unescaped[self->unescaped_count++] = (uint8_t)(lead[rest] | scalar >> 6 * rest);
  for (int index = rest - 1; index >= 0; --index) {
    self->unescaped[self->unescaped_count++] = (uint8_t)(0x80 | (scalar >> 6 * index & 0x3F));
  }
}

// Reads the escape of a string that starts at `start`. An escape that the end of the text cuts off is
// no wrong escape: the string is not closed.
static bool read_escape(reader *self, const uint8_t *start, const uint8_t **place) {
  static const char names[] = "\"\\/bfnrt";
  static const char bytes[] = "\"\\/\b\f\n\r\t";
  const uint8_t *const escape = *place;
  uint32_t code = CJSON_INVALID_ESCAPE;
  if (escape[1] != 'u') {
    const char *const name = escape[1] == 0 ? NULL : strchr(names, escape[1]);
    *place += name == NULL ? 1 : 2;
    if (name != NULL) {
      self->unescaped[self->unescaped_count++] = (uint8_t)bytes[name - names];
      return true;
    }
  } else {
    uint32_t scalar;
    if (read_unit(place, &scalar)) {
      if (scalar < 0xD800 || scalar > 0xDFFF) {
        append_scalar(self, scalar);
        return true;
      }
      code = CJSON_LONE_SURROGATE;
      uint32_t low;
      if (scalar <= 0xDBFF && read_unit(place, &low) && low >= 0xDC00 && low <= 0xDFFF) {
        append_scalar(self, 0x10000 + ((scalar - 0xD800) << 10) + (low - 0xDC00));
        return true;
      }
    }
  }
  return is_end(self, *place) ? fail(self, CJSON_UNCLOSED_STRING, start) : fail(self, code, escape);
}

// Reads on at the first byte of a string that is not plain.
static bool read_escaped_string(reader *self, const uint8_t *place) {
  const uint8_t *const start = self->place;
  const uint32_t first = self->unescaped_count;
  const uint8_t *run = start + 1;
  for (;;) {
    memcpy(self->unescaped + self->unescaped_count, run, (size_t)(place - run));
    self->unescaped_count += (uint32_t)(place - run);
    if (*place == '"') break;
    if (*place != '\\') {
      return is_end(self, place) ? fail(self, CJSON_UNCLOSED_STRING, start)
                                 : fail(self, CJSON_CONTROL_CHARACTER, place);
    }
    if (!read_escape(self, start, &place)) return false;
    run = place;
    place = skip_plain(place);
  }
  push(self, (cjson_node){CJSON_ESCAPED_STRING, offset_of(self, start),
                          self->unescaped_count - first, 0, first});
  self->place = place + 1;
  return true;
}

static bool read_string(reader *self) {
  const uint8_t *const place = skip_plain(self->place + 1);
  if (*place == '\\') return read_escaped_string(self, place);
  if (*place != '"') {
    return is_end(self, place) ? fail(self, CJSON_UNCLOSED_STRING, self->place)
                               : fail(self, CJSON_CONTROL_CHARACTER, place);
  }
  push(self, (cjson_node){CJSON_STRING, offset_of(self, self->place),
                          (uint32_t)(place - self->place - 1), 0, 0});
  self->place = place + 1;
  return true;
}

// MARK: Keys

static const uint8_t *key_text(const reader *self, const cjson_node *key) {
  return key->kind == CJSON_STRING ? self->text + key->offset + 1 : self->unescaped + key->detail;
}

static int compare_texts(const reader *self, uint32_t left, uint32_t right) {
  const cjson_node *const first = &self->nodes[left];
  const cjson_node *const second = &self->nodes[right];
  if (first->length != second->length) return first->length < second->length ? -1 : 1;
  return memcmp(key_text(self, first), key_text(self, second), first->length);
}

// Equal keys in source order.
static int compare_keys(const void *left, const void *right, void *self) {
  const uint32_t first = *(const uint32_t *)left;
  const uint32_t second = *(const uint32_t *)right;
  const int order = compare_texts(self, first, second);
  return order != 0 ? order : first < second ? -1 : first > second;
}

// The offset of the first key of an object that equals one before it; UINT32_MAX if there is none.
// `first` may be sorted.
static uint32_t first_duplicate(reader *self, uint32_t *first) {
  uint32_t *const end = self->keys;
  uint32_t duplicate = UINT32_MAX;
  if (end - first <= 16) {
    for (const uint32_t *key = first; key < end; ++key) {
      for (const uint32_t *other = first; other < key; ++other) {
        if (compare_texts(self, *other, *key) == 0) return self->nodes[*key].offset;
      }
    }
    return duplicate;
  }
  qsort_r(first, (size_t)(end - first), sizeof *first, compare_keys, self);
  for (const uint32_t *key = first + 1; key < end; ++key) {
    const uint32_t offset = self->nodes[*key].offset;
    if (offset < duplicate && compare_texts(self, key[-1], key[0]) == 0) duplicate = offset;
  }
  return duplicate;
}

// MARK: Values

static bool read_array(reader *self, uint32_t depth) {
  if (depth > self->depth_limit) return fail(self, CJSON_TOO_DEEP, self->place);
  const uint32_t index = open_container(self, CJSON_ARRAY);
  uint32_t count = 0;
  if (accept(self, ']')) return close_container(self, index, count);
  do {
    if (!read_value(self, depth)) return false;
    ++count;
  } while (accept(self, ','));
  if (!accept(self, ']')) return fail(self, CJSON_EXPECTED_COMMA_OR_BRACKET, self->place);
  return close_container(self, index, count);
}

static bool read_members(reader *self, uint32_t depth) {
  do {
    skip_space(self);
    if (*self->place != '"') return fail(self, CJSON_EXPECTED_KEY, self->place);
    *self->keys = self->node_count;
    if (!read_string(self)) return false;
    ++self->keys;
    if (!accept(self, ':')) return fail(self, CJSON_EXPECTED_COLON, self->place);
    if (!read_value(self, depth)) return false;
  } while (accept(self, ','));
  if (!accept(self, '}')) return fail(self, CJSON_EXPECTED_COMMA_OR_BRACE, self->place);
  return true;
}

static bool read_object(reader *self, uint32_t depth) {
  if (depth > self->depth_limit) return fail(self, CJSON_TOO_DEEP, self->place);
  const uint32_t index = open_container(self, CJSON_OBJECT);
  if (accept(self, '}')) return close_container(self, index, 0);
  uint32_t *const first = self->keys;
  const bool is_whole = read_members(self, depth);
  // A repeated key may come before the fault that ended the object.
  const uint32_t duplicate = first_duplicate(self, first);
  const uint32_t count = (uint32_t)(self->keys - first);
  self->keys = first;
  if (duplicate < (is_whole ? UINT32_MAX : self->error.offset)) {
    return fail(self, CJSON_DUPLICATE_KEY, self->text + duplicate);
  }
  return is_whole && close_container(self, index, count);
}

static bool read_literal(reader *self, const char *name, uint32_t kind) {
  const uint8_t *place = self->place;
  for (; *name != 0; ++name, ++place) {
    if (*place != (uint8_t)*name) return fail(self, CJSON_EXPECTED_VALUE, place);
  }
  if (!is_end(self, place) && !is_delimiter(*place)) {
    return fail(self, CJSON_EXPECTED_VALUE, place);
  }
  push_scalar(self, kind, self->place, place);
  return true;
}

static bool skip_digits(reader *self, const uint8_t **place) {
  if (!is_digit(**place)) return fail(self, CJSON_INVALID_NUMBER, *place);
  while (is_digit(**place)) ++*place;
  return true;
}

// RFC 8259 section 6.
static bool read_number(reader *self) {
  const uint8_t *place = self->place;
  if (*place != '-' && !is_digit(*place)) return fail(self, CJSON_EXPECTED_VALUE, place);
  if (*place == '-') ++place;
  if (*place == '0') {
    ++place;
  } else if (!skip_digits(self, &place)) {
    return false;
  }
  if (*place == '.') {
    ++place;
    if (!skip_digits(self, &place)) return false;
  }
  if (*place == 'e' || *place == 'E') {
    ++place;
    if (*place == '+' || *place == '-') ++place;
    if (!skip_digits(self, &place)) return false;
  }
  if (!is_end(self, place) && !is_delimiter(*place)) {
    return fail(self, CJSON_INVALID_NUMBER, place);
  }
  push_scalar(self, CJSON_NUMBER, self->place, place);
  return true;
}

static bool read_value(reader *self, uint32_t depth) {
  skip_space(self);
  switch (*self->place) {
    case '{': return read_object(self, depth + 1);
    case '[': return read_array(self, depth + 1);
    case '"': return read_string(self);
    case 'n': return read_literal(self, "null", CJSON_NULL);
    case 'f': return read_literal(self, "false", CJSON_FALSE);
    case 't': return read_literal(self, "true", CJSON_TRUE);
    default: return read_number(self);
  }
}

// MARK: Interface

cjson_bounds cjson_measure(const uint8_t *text, uint32_t length) {
  // Every node but the first follows, white space aside, a bracket, comma or colon of its own.
  uint32_t count = 0;
  for (uint32_t index = 0; index < length; ++index) {
    const uint8_t byte = text[index];
    count += (byte | 0x20) == '{' || byte == ',' || byte == ':';
  }
  const bool has_escapes = memchr(text, '\\', length) != NULL;
  return (cjson_bounds){count + 1, has_escapes ? length : 0};
}

cjson_error cjson_parse(const uint8_t *text, uint32_t length, uint32_t depth_limit,
                        cjson_buffers *buffers) {
  reader self = {
      .text = text,
      .length = length,
      .depth_limit = depth_limit,
      .place = text,
      .nodes = buffers->nodes,
      .unescaped = buffers->unescaped,
      .keys = buffers->keys,
  };
  if (read_value(&self, 0)) {
    skip_space(&self);
    if (!is_end(&self, self.place)) fail(&self, CJSON_EXPECTED_END, self.place);
  }
  buffers->node_count = self.node_count;
  buffers->unescaped_count = self.unescaped_count;
  return self.error;
}
