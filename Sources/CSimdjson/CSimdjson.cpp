#include "CSimdjson.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>

// The first of simdjson's two stages finds the tokens, checks UTF-8 and pairs the quotes, with
// vector instructions chosen at run time. The second is written here: On-Demand hands out numbers
// unchecked and names no exact place of an error, and DOM makes numbers binary.

struct csimdjson_parser {
  std::unique_ptr<simdjson::internal::dom_parser_implementation> stage;
  std::unique_ptr<uint32_t[]> keys;  // The key nodes of every object that is open.
  size_t capacity = 0;

  bool reserve(size_t length) noexcept {
    if (length < capacity) return true;
    const size_t wanted =
        std::min<size_t>(std::max({length + 1, 2 * capacity, size_t(1024)}), UINT32_MAX);
    capacity = 0;
    // A key takes at least four bytes: {"":
    keys.reset(new (std::nothrow) uint32_t[wanted / 4 + 1]);
    if (!keys) return false;
    if (stage) {
      if (stage->set_capacity(wanted)) return false;
    } else {
      const auto *const best = static_cast<const simdjson::implementation *>(
          simdjson::get_active_implementation());
      if (best->create_dom_parser_implementation(wanted, 1, stage)) return false;
    }
    capacity = wanted;
    return true;
  }
};

namespace {

// In a string: neither a quote, nor a backslash, nor a control character.
bool is_plain(uint8_t byte) { return byte >= 0x20 && byte != '"' && byte != '\\'; }

bool is_digit(uint8_t byte) { return byte >= '0' && byte <= '9'; }

bool is_delimiter(uint8_t byte) { return byte != 0 && strchr(" \t\n\r,:]}", byte) != nullptr; }

// Stage 1 says that a string is not closed or holds a control character, not where.
csimdjson_error locate(const uint8_t *text, uint32_t length) {
  bool inside = false;
  uint32_t opened = 0;
  for (uint32_t at = 0; at < length; ++at) {
    if (text[at] == '"') {
      inside = !inside;
      opened = at;
    } else if (inside && text[at] < 0x20) {
      return {CSIMDJSON_CONTROL_CHARACTER, at};
    } else if (text[at] == '\\') {
      if (!inside) return {CSIMDJSON_EXPECTED_VALUE, at};
      if (text[at + 1] >= 0x20) ++at;  // A zero byte ends the text.
    }
  }
  return {CSIMDJSON_UNCLOSED_STRING, opened};
}

// Stage 2: one descent over the tokens. The last token is the end of the text, where a zero byte
// stands: it fits nothing, so no walk goes past it.
struct Builder {
  const uint8_t *const text;
  const uint32_t length;
  const uint32_t depth_limit;
  const uint32_t *token;
  uint32_t *keys;
  csimdjson_node *const nodes;
  uint8_t *const unescaped;
  uint32_t node_count = 0;
  uint32_t unescaped_count = 0;
  csimdjson_error error = {CSIMDJSON_SUCCESS, 0};

  bool fail(uint32_t code, uint32_t offset) {
    error = {offset < length ? code : uint32_t(CSIMDJSON_UNEXPECTED_END), offset};
    return false;
  }

  bool fail(uint32_t code, const uint8_t *place) { return fail(code, uint32_t(place - text)); }

  bool accept(char wanted) {
    if (text[*token] != wanted) return false;
    ++token;
    return true;
  }

  bool push(uint32_t kind, uint32_t offset, const uint8_t *end) {
    nodes[node_count] = {kind, offset, uint32_t(end - text) - offset, node_count + 1, 0};
    ++node_count;
    return true;
  }

  bool close(uint32_t self, uint32_t count) {
    nodes[self].length = token[-1] + 1 - nodes[self].offset;
    nodes[self].next = node_count;
    nodes[self].detail = count;
    return true;
  }

  bool document() {
    if (!value(0)) return false;
    return *token == length || fail(CSIMDJSON_EXPECTED_END, *token);
  }

  bool value(uint32_t depth) {
    const uint32_t at = *token;
    switch (text[at]) {
      case '{': return object(at, depth + 1);
      case '[': return array(at, depth + 1);
      case '"': return string(at);
      case 'n': return literal(at, "null", CSIMDJSON_NULL);
      case 'f': return literal(at, "false", CSIMDJSON_FALSE);
      case 't': return literal(at, "true", CSIMDJSON_TRUE);
      default: return number(at);
    }
  }

  bool array(uint32_t at, uint32_t depth) {
    if (depth > depth_limit) return fail(CSIMDJSON_TOO_DEEP, at);
    ++token;
    const uint32_t self = node_count;
    uint32_t count = 0;
    push(CSIMDJSON_ARRAY, at, text);
    if (accept(']')) return close(self, 0);
    do {
      if (!value(depth)) return false;
      ++count;
    } while (accept(','));
    if (!accept(']')) return fail(CSIMDJSON_EXPECTED_COMMA_OR_BRACKET, *token);
    return close(self, count);
  }

  bool object(uint32_t at, uint32_t depth) {
    if (depth > depth_limit) return fail(CSIMDJSON_TOO_DEEP, at);
    ++token;
    const uint32_t self = node_count;
    uint32_t *const first_key = keys;
    push(CSIMDJSON_OBJECT, at, text);
    if (accept('}')) return close(self, 0);
    do {
      if (text[*token] != '"') return fail(CSIMDJSON_EXPECTED_KEY, *token);
      *keys++ = node_count;
      if (!string(*token)) return false;
      if (!accept(':')) return fail(CSIMDJSON_EXPECTED_COLON, *token);
      if (!value(depth)) return false;
    } while (accept(','));
    if (!accept('}')) return fail(CSIMDJSON_EXPECTED_COMMA_OR_BRACE, *token);
    const uint32_t count = uint32_t(keys - first_key);
    const bool unique = count <= 16 ? unique_few(first_key) : unique_many(first_key);
    keys = first_key;
    return unique && close(self, count);
  }

  const uint8_t *key_text(uint32_t key) const {
    const csimdjson_node &node = nodes[key];
    return node.kind == CSIMDJSON_STRING ? text + node.offset + 1 : unescaped + node.detail;
  }

  int compare(uint32_t left, uint32_t right) const {
    const uint32_t left_length = nodes[left].length;
    const uint32_t right_length = nodes[right].length;
    if (left_length != right_length) return left_length < right_length ? -1 : 1;
    return memcmp(key_text(left), key_text(right), left_length);
  }

  bool unique_few(const uint32_t *first) {
    for (const uint32_t *key = first; key < keys; ++key) {
      for (const uint32_t *other = first; other < key; ++other) {
        if (compare(*other, *key) == 0) return fail(CSIMDJSON_DUPLICATE_KEY, nodes[*key].offset);
      }
    }
    return true;
  }

  bool unique_many(uint32_t *first) {
    std::sort(first, keys, [this](uint32_t left, uint32_t right) {
      const int order = compare(left, right);
      return order != 0 ? order < 0 : left < right;
    });
    uint32_t duplicate = UINT32_MAX;  // The first in the source that was there before.
    for (const uint32_t *key = first + 1; key < keys; ++key) {
      if (compare(key[-1], key[0]) == 0) duplicate = std::min(duplicate, nodes[*key].offset);
    }
    return duplicate == UINT32_MAX || fail(CSIMDJSON_DUPLICATE_KEY, duplicate);
  }

  bool literal(uint32_t at, const char *name, uint32_t kind) {
    const uint8_t *place = text + at;
    for (; *name != 0; ++name, ++place) {
      if (*place != uint8_t(*name)) return fail(CSIMDJSON_EXPECTED_VALUE, place);
    }
    return scalar(at, place, kind, CSIMDJSON_EXPECTED_VALUE);
  }

  // RFC 8259 section 6. Stage 1 takes all up to a delimiter as one token.
  bool number(uint32_t at) {
    const uint8_t *place = text + at;
    if (*place != '-' && !is_digit(*place)) return fail(CSIMDJSON_EXPECTED_VALUE, at);
    if (*place == '-') ++place;
    if (*place == '0') {
      ++place;
    } else if (!digits(place)) {
      return false;
    }
    if (*place == '.' && !digits(++place)) return false;
    if (*place == 'e' || *place == 'E') {
      ++place;
      if (*place == '+' || *place == '-') ++place;
      if (!digits(place)) return false;
    }
    return scalar(at, place, CSIMDJSON_NUMBER, CSIMDJSON_INVALID_NUMBER);
  }

  bool digits(const uint8_t *&place) {
    if (!is_digit(*place)) return fail(CSIMDJSON_INVALID_NUMBER, place);
    while (is_digit(*place)) ++place;
    return true;
  }

  bool scalar(uint32_t at, const uint8_t *end, uint32_t kind, uint32_t code) {
    if (end != text + length && !is_delimiter(*end)) return fail(code, end);
    ++token;
    return push(kind, at, end);
  }

  bool string(uint32_t at) {
    const uint8_t *place = text + at + 1;
    while (is_plain(*place)) ++place;
    ++token;
    if (*place != '"') return escaped_string(at, place);
    push(CSIMDJSON_STRING, at + 1, place);
    nodes[node_count - 1].offset = at;
    return true;
  }

  bool escaped_string(uint32_t at, const uint8_t *place) {
    const uint32_t start = unescaped_count;
    const uint8_t *run = text + at + 1;
    for (;;) {
      memcpy(unescaped + unescaped_count, run, place - run);
      unescaped_count += uint32_t(place - run);
      if (*place == '"') break;
      if (*place != '\\') return fail(CSIMDJSON_CONTROL_CHARACTER, place);
      if (!escape(place)) return false;
      run = place;
      while (is_plain(*place)) ++place;
    }
    nodes[node_count] = {CSIMDJSON_ESCAPED_STRING, at, unescaped_count - start, node_count + 1,
                         start};
    ++node_count;
    return true;
  }

  bool escape(const uint8_t *&place) {
    static const char names[] = "\"\\/bfnrt";
    static const char bytes[] = "\"\\/\b\f\n\r\t";
    if (place[1] == 'u') return unicode_escape(place);
    const char *name = place[1] == 0 ? nullptr : strchr(names, place[1]);
    if (name == nullptr) return fail(CSIMDJSON_INVALID_ESCAPE, place);
    unescaped[unescaped_count++] = uint8_t(bytes[name - names]);
    place += 2;
    return true;
  }

  bool unicode_escape(const uint8_t *&place) {
    const uint8_t *const start = place;
    uint32_t scalar;
    if (!unit(place, scalar)) return fail(CSIMDJSON_INVALID_ESCAPE, start);
    if (scalar >= 0xDC00 && scalar <= 0xDFFF) return fail(CSIMDJSON_LONE_SURROGATE, start);
    if (scalar >= 0xD800 && scalar <= 0xDBFF) {
      uint32_t low;
      if (!unit(place, low) || low < 0xDC00 || low > 0xDFFF) {
        return fail(CSIMDJSON_LONE_SURROGATE, start);
      }
      scalar = 0x10000 + ((scalar - 0xD800) << 10) + (low - 0xDC00);
    }
    static const uint8_t lead[] = {0, 0xC0, 0xE0, 0xF0};
    const int rest = scalar < 0x80 ? 0 : scalar < 0x800 ? 1 : scalar < 0x10000 ? 2 : 3;
    unescaped[unescaped_count++] = uint8_t(lead[rest] | scalar >> 6 * rest);
    for (int index = rest - 1; index >= 0; --index) {
      unescaped[unescaped_count++] = uint8_t(0x80 | (scalar >> 6 * index & 0x3F));
    }
    return true;
  }

  // Reads a \u escape of four hexadecimal digits: one UTF-16 code unit.
  static bool unit(const uint8_t *&place, uint32_t &unit) {
    if (place[0] != '\\' || place[1] != 'u') return false;
    unit = 0;
    for (int index = 2; index < 6; ++index) {
      const uint8_t digit = place[index];
      const uint8_t letter = digit | 0x20;
      if (is_digit(digit)) {
        unit = unit << 4 | (digit - '0');
      } else if (letter >= 'a' && letter <= 'f') {
        unit = unit << 4 | (letter - 'a' + 10);
      } else {
        return false;
      }
    }
    place += 6;
    return true;
  }
};

}  // namespace

csimdjson_parser *csimdjson_create(void) { return new (std::nothrow) csimdjson_parser; }

void csimdjson_destroy(csimdjson_parser *parser) { delete parser; }

csimdjson_error csimdjson_index(csimdjson_parser *parser, const uint8_t *text, uint32_t length,
                                uint32_t *node_bound, uint32_t *unescaped_bound) {
  if (length == 0) return {CSIMDJSON_UNEXPECTED_END, 0};
  if (!parser->reserve(length)) return {CSIMDJSON_OUT_OF_MEMORY, 0};
  switch (parser->stage->stage1(text, length, simdjson::stage1_mode::regular)) {
    case simdjson::SUCCESS: break;
    case simdjson::EMPTY: return {CSIMDJSON_UNEXPECTED_END, length};
    case simdjson::UTF8_ERROR: return {CSIMDJSON_INVALID_UTF8, 0};
    default: return locate(text, length);
  }
  const uint32_t count = parser->stage->n_structural_indexes;
  parser->stage->structural_indexes[count] = length;
  *node_bound = count;
  *unescaped_bound = memchr(text, '\\', length) != nullptr ? length : 0;
  return {CSIMDJSON_SUCCESS, 0};
}

csimdjson_error csimdjson_build(csimdjson_parser *parser, const uint8_t *text, uint32_t length,
                                uint32_t depth_limit, csimdjson_node *nodes, uint32_t *node_count,
                                uint8_t *unescaped, uint32_t *unescaped_count) {
  Builder builder = {text,  length,    depth_limit, parser->stage->structural_indexes.get(),
                     parser->keys.get(), nodes,     unescaped};
  builder.document();
  *node_count = builder.node_count;
  *unescaped_count = builder.unescaped_count;
  return builder.error;
}
