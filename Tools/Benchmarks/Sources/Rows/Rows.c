#include "Rows.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

_Noreturn void fail(const char *message, const char *subject) {
  fprintf(stderr, "bench: %s: %s\n", subject, message);
  exit(1);
}

void check_lmdb(int code, const char *function) {
  if (code != 0) fail(mdb_strerror(code), function);
}

static void *allocate(size_t size) {
  void *memory = malloc(size);
  if (memory == NULL) fail("out of memory", "malloc");
  return memory;
}

MDB_env *open_environment(const char *path, int is_new) {
  if (is_new && access(path, F_OK) == 0) fail("exists", path);
  MDB_env *environment;
  check_lmdb(mdb_env_create(&environment), "mdb_env_create");
  check_lmdb(mdb_env_set_mapsize(environment, 64ULL << 30), "mdb_env_set_mapsize");
  check_lmdb(mdb_env_set_maxdbs(environment, 32), "mdb_env_set_maxdbs");
  unsigned int flags = MDB_NOSUBDIR | MDB_NOTLS | (is_new ? 0 : MDB_RDONLY);
  check_lmdb(mdb_env_open(environment, path, flags, 0600), path);
  return environment;
}

int is_batch(struct bytes record) {
  static const char end[] = "\"type\":\"batch\"}";
  size_t size = sizeof end - 1;
  return record.size > size && record.data[0] == '{' &&
         memcmp(record.data + record.size - size, end, size) == 0;
}

int is_filing(struct bytes record) {
  static const char end[] = "\"type\":\"filing\"}";
  size_t size = sizeof end - 1;
  return record.size > size && record.data[0] == '{' &&
         memcmp(record.data + record.size - size, end, size) == 0;
}

// Memory that is only ever added to.
struct arena {
  uint8_t *next;
  size_t left;
};

static struct bytes keep(struct arena *arena, MDB_val value) {
  if (arena->left < value.mv_size) {
    arena->left = value.mv_size + (64 << 20);
    arena->next = allocate(arena->left);
  }
  struct bytes kept = {arena->next, value.mv_size};
  memcpy(arena->next, value.mv_data, value.mv_size);
  arena->next += value.mv_size;
  arena->left -= value.mv_size;
  return kept;
}

static MDB_cursor *open_table(MDB_txn *transaction, const char *name, size_t *count) {
  MDB_dbi table;
  MDB_stat figures;
  MDB_cursor *cursor;
  check_lmdb(mdb_dbi_open(transaction, name, 0, &table), name);
  check_lmdb(mdb_stat(transaction, table, &figures), name);
  check_lmdb(mdb_cursor_open(transaction, table, &cursor), name);
  *count = figures.ms_entries;
  return cursor;
}

struct rows load_rows(const char *path) {
  MDB_env *environment = open_environment(path, 0);
  MDB_txn *transaction;
  check_lmdb(mdb_txn_begin(environment, NULL, MDB_RDONLY, &transaction), "mdb_txn_begin");
  struct rows rows;
  struct arena arena = {NULL, 0};
  MDB_val key, value;

  MDB_cursor *log = open_table(transaction, "log", &rows.log_count);
  rows.log = allocate(rows.log_count * sizeof *rows.log + 1);
  rows.fact_of = calloc(rows.log_count + 1, sizeof *rows.fact_of);
  for (size_t index = 0; mdb_cursor_get(log, &key, &value, MDB_NEXT) == 0; index++) {
    rows.log[index] = keep(&arena, value);
  }
  mdb_cursor_close(log);

  MDB_cursor *facts = open_table(transaction, "facts", &rows.fact_count);
  rows.facts = allocate(rows.fact_count * sizeof *rows.facts + 1);
  for (size_t index = 0; mdb_cursor_get(facts, &key, &value, MDB_NEXT) == 0; index++) {
    if (key.mv_size != KEY_SIZE) fail("a key of facts has another size", path);
    struct fact_row *row = &rows.facts[index];
    row->key = keep(&arena, key);
    row->value = keep(&arena, value);
    uint64_t sequence = big_endian_64(row->key.data + SEQUENCE_OFFSET);
    if (sequence >= rows.log_count) fail("a row of facts is of no event", path);
    rows.fact_of[sequence] = row;
  }
  mdb_cursor_close(facts);
  mdb_txn_abort(transaction);
  mdb_env_close(environment);
  return rows;
}

struct questions load_questions(const char *path) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) fail("cannot be read", path);
  fseek(file, 0, SEEK_END);
  size_t size = (size_t)ftell(file);
  rewind(file);
  uint8_t *data = allocate(size + 1), *end = data + size;
  if (fread(data, 1, size, file) != size || size < 4) fail("cannot be read", path);
  fclose(file);

  struct questions questions = {little_endian_32(data), NULL};
  questions.all = allocate(questions.count * sizeof *questions.all + 1);
  uint8_t *next = data + 4;
  for (size_t index = 0; index < questions.count; index++) {
    if (end - next < 16) fail("is cut off", path);
    struct question *question = &questions.all[index];
    question->known_at = little_endian_64(next);
    question->prefix_count = little_endian_32(next + 8);
    question->prefix_size = little_endian_32(next + 12);
    question->prefixes = next + 16;
    next += 16 + (size_t)question->prefix_count * question->prefix_size;
    if (next > end || question->prefix_size > PUBLISHED_OFFSET) fail("is cut off", path);
  }
  return questions;
}

static int64_t now(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

void measure_start(struct measurement *measurement) {
  measurement->wall_start = now(CLOCK_MONOTONIC);
  measurement->cpu_start = now(CLOCK_PROCESS_CPUTIME_ID);
}

void measure_stop(struct measurement *measurement) {
  measurement->cpu += now(CLOCK_PROCESS_CPUTIME_ID) - measurement->cpu_start;
  measurement->wall += now(CLOCK_MONOTONIC) - measurement->wall_start;
}

void sample_stop(struct measurement *measurement, size_t capacity) {
  int64_t before = measurement->wall;
  measure_stop(measurement);
  if (measurement->samples == NULL) {
    measurement->samples = allocate(capacity * sizeof *measurement->samples + 1);
  }
  measurement->samples[measurement->sample_count++] = measurement->wall - before;
  measurement->count++;
}

static int compare(const void *left, const void *right) {
  int64_t l = *(const int64_t *)left, r = *(const int64_t *)right;
  return (l > r) - (l < r);
}

void write_measurement(struct measurement *measurement) {
  printf("{\"count\":%llu,\"wall\":%lld,\"cpu\":%lld,\"check\":%lld",
         (unsigned long long)measurement->count, (long long)measurement->wall,
         (long long)measurement->cpu, (long long)measurement->check);
  size_t count = measurement->sample_count;
  if (count > 0) {
    qsort(measurement->samples, count, sizeof *measurement->samples, compare);
    printf(",\"median\":%lld", (long long)measurement->samples[count / 2]);
  }
  printf("}\n");
}
