#ifndef ROWS_H
#define ROWS_H

#include <lmdb.h>
#include <stdint.h>
#include <stdio.h>

// What the programs that measure LMDB and SQLite share: the rows of a finished ledger in memory,
// questions, the clock.

// A row of the `facts` table has a key of 40 bytes, big-endian: entity, concept, dimensions, unit
// (4 each), period end and start (4 each, sign bit flipped), published (8, sign bit flipped),
// sequence (8). Its value begins with flags, digits after the point, decimals and a zero (1 each),
// filing (4) and mantissa (8), little-endian.
enum { KEY_SIZE = 40, PUBLISHED_OFFSET = 24, SEQUENCE_OFFSET = 32, MANTISSA_OFFSET = 8 };

struct bytes {
  const uint8_t *data;
  size_t size;
};

struct fact_row {
  struct bytes key;
  struct bytes value;
};

struct rows {
  size_t log_count;
  struct bytes *log;         // by sequence
  size_t fact_count;
  struct fact_row *facts;    // in the order of their keys
  struct fact_row **fact_of; // by sequence; NULL where the event is no claim
};

// Copies the tables `log` and `facts` of a ledger into memory.
struct rows load_rows(const char *path);

// Whether a record of the log is a batch event, with which a transaction begins.
int is_batch(struct bytes record);

// Whether it is a filing event.
int is_filing(struct bytes record);

struct question {
  int64_t known_at;
  uint32_t prefix_count;
  uint32_t prefix_size;
  const uint8_t *prefixes; // in the order of the table
};

struct questions {
  size_t count;
  struct question *all;
};

// Reads what the Swift program wrote with its command `questions`.
struct questions load_questions(const char *path);

// What one run took; it is written as the Swift program writes it.
struct measurement {
  uint64_t count;
  int64_t wall, cpu, check;
  int64_t wall_start, cpu_start;
  int64_t *samples;
  size_t sample_count;
};

void measure_start(struct measurement *measurement);
void measure_stop(struct measurement *measurement);

// Ends what `measure_start` began, as one of `capacity` queries.
void sample_stop(struct measurement *measurement, size_t capacity);

void write_measurement(struct measurement *measurement);

// Ends the program with a message, if `code` is not 0.
void check_lmdb(int code, const char *function);

// Ends the program with a message.
_Noreturn void fail(const char *message, const char *subject);

// Opens a file as the ledger does. A file to be written must not exist.
MDB_env *open_environment(const char *path, int is_new);

static inline uint32_t big_endian_32(const uint8_t *bytes) {
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static inline uint64_t big_endian_64(const uint8_t *bytes) {
  return (uint64_t)big_endian_32(bytes) << 32 | big_endian_32(bytes + 4);
}

static inline void store_big_endian_64(uint8_t *bytes, uint64_t number) {
  for (int byte = 0; byte < 8; byte++) bytes[byte] = (uint8_t)(number >> (56 - 8 * byte));
}

static inline uint32_t little_endian_32(const uint8_t *bytes) {
  return (uint32_t)bytes[3] << 24 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[1] << 8 | bytes[0];
}

static inline int64_t little_endian_64(const uint8_t *bytes) {
  return (int64_t)((uint64_t)little_endian_32(bytes + 4) << 32 | little_endian_32(bytes));
}

static inline int64_t published(const uint8_t *key) {
  return (int64_t)(big_endian_64(key + PUBLISHED_OFFSET) ^ 1ULL << 63);
}

#endif
