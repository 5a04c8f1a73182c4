// What LMDB itself needs for the work that the benchmarks measure: the same bytes, moved in the
// same transactions, and nothing else done with them.
//
//   Limits append|rebuild SOURCE TARGET     writes a new file with the rows of SOURCE
//   Limits replay|verify SOURCE             reads every record
//   Limits export SOURCE TARGET BYTES       reads the log and writes so many bytes
//   Limits statement|range SOURCE QUESTIONS reads the facts asked for

#include <stdlib.h>
#include <string.h>

#include "Rows.h"

static MDB_dbi open_table(MDB_txn *transaction, const char *name, unsigned int flags) {
  MDB_dbi table;
  check_lmdb(mdb_dbi_open(transaction, name, flags, &table), name);
  return table;
}

static MDB_txn *begin(MDB_env *environment, unsigned int flags) {
  MDB_txn *transaction;
  check_lmdb(mdb_txn_begin(environment, NULL, flags, &transaction), "mdb_txn_begin");
  return transaction;
}

static MDB_cursor *open_cursor(MDB_txn *transaction, const char *name) {
  MDB_cursor *cursor;
  check_lmdb(mdb_cursor_open(transaction, open_table(transaction, name, 0), &cursor), name);
  return cursor;
}

static void put(MDB_txn *transaction, MDB_dbi table, struct bytes key, struct bytes value,
                unsigned int flags) {
  MDB_val k = {key.size, (void *)key.data}, v = {value.size, (void *)value.data};
  check_lmdb(mdb_put(transaction, table, &k, &v, flags), "mdb_put");
}

// A transaction for each batch of the ledger, as when it was appended.
static void append(const char *source, const char *target, struct measurement *measurement) {
  struct rows rows = load_rows(source);
  MDB_env *environment = open_environment(target, 1);
  MDB_txn *transaction = begin(environment, 0);
  MDB_dbi log = open_table(transaction, "log", MDB_CREATE);
  MDB_dbi facts = open_table(transaction, "facts", MDB_CREATE);
  check_lmdb(mdb_txn_commit(transaction), "mdb_txn_commit");

  measure_start(measurement);
  transaction = begin(environment, 0);
  for (size_t sequence = 0; sequence < rows.log_count; sequence++) {
    if (sequence > 0 && is_batch(rows.log[sequence])) {
      check_lmdb(mdb_txn_commit(transaction), "mdb_txn_commit");
      transaction = begin(environment, 0);
    }
    uint8_t key[8];
    store_big_endian_64(key, sequence);
    put(transaction, log, (struct bytes){key, sizeof key}, rows.log[sequence], MDB_APPEND);
    const struct fact_row *row = rows.fact_of[sequence];
    if (row != NULL) put(transaction, facts, row->key, row->value, 0);
  }
  check_lmdb(mdb_txn_commit(transaction), "mdb_txn_commit");
  measure_stop(measurement);
  measurement->count = rows.log_count;
  mdb_env_close(environment);
}

// All rows of `facts` in one transaction, in order.
static void rebuild(const char *source, const char *target, struct measurement *measurement) {
  struct rows rows = load_rows(source);
  MDB_env *environment = open_environment(target, 1);
  measure_start(measurement);
  MDB_txn *transaction = begin(environment, 0);
  MDB_dbi facts = open_table(transaction, "facts", MDB_CREATE);
  for (size_t index = 0; index < rows.fact_count; index++) {
    put(transaction, facts, rows.facts[index].key, rows.facts[index].value, MDB_APPEND);
  }
  check_lmdb(mdb_txn_commit(transaction), "mdb_txn_commit");
  measure_stop(measurement);
  measurement->count = rows.log_count;
  mdb_env_close(environment);
}

// Adds up a record: every byte of it must be fetched.
static uint64_t sum(MDB_val value) {
  const uint8_t *data = value.mv_data;
  uint64_t sum = 0;
  size_t offset = 0;
  for (; offset + 8 <= value.mv_size; offset += 8) {
    uint64_t word;
    memcpy(&word, data + offset, sizeof word);
    sum += word;
  }
  for (; offset < value.mv_size; offset++) sum += data[offset];
  return sum;
}

// Something the compiler cannot leave out.
static volatile uint64_t sink;

// A cursor over the log.
static void replay(const char *source, struct measurement *measurement) {
  MDB_env *environment = open_environment(source, 0);
  MDB_txn *transaction = begin(environment, MDB_RDONLY);
  MDB_cursor *cursor = open_cursor(transaction, "log");
  MDB_val key, value;
  uint64_t total = 0;
  measure_start(measurement);
  while (mdb_cursor_get(cursor, &key, &value, MDB_NEXT) == 0) {
    total += sum(value);
    measurement->count++;
  }
  measure_stop(measurement);
  sink = total;
  measurement->check = (int64_t)measurement->count;
}

// A cursor over every table.
static void verify(const char *source, struct measurement *measurement) {
  MDB_env *environment = open_environment(source, 0);
  MDB_txn *transaction = begin(environment, MDB_RDONLY);
  MDB_dbi names = open_table(transaction, NULL, 0), log = open_table(transaction, "log", 0);
  MDB_stat figures;
  check_lmdb(mdb_stat(transaction, log, &figures), "mdb_stat");
  MDB_cursor *tables;
  check_lmdb(mdb_cursor_open(transaction, names, &tables), "mdb_cursor_open");
  MDB_val name, root, key, value;
  uint64_t total = 0;
  measure_start(measurement);
  while (mdb_cursor_get(tables, &name, &root, MDB_NEXT) == 0) {
    char text[64] = {0};
    if (name.mv_size >= sizeof text) fail("has a table with a long name", source);
    memcpy(text, name.mv_data, name.mv_size);
    MDB_cursor *cursor = open_cursor(transaction, text);
    while (mdb_cursor_get(cursor, &key, &value, MDB_NEXT) == 0) total += sum(key) + sum(value);
    mdb_cursor_close(cursor);
  }
  measure_stop(measurement);
  sink = total;
  measurement->count = figures.ms_entries;
  measurement->check = (int64_t)figures.ms_entries;
}

// A cursor over the log, and as many bytes written as an export has.
static void export(const char *source, const char *target, long long size,
                   struct measurement *measurement) {
  MDB_env *environment = open_environment(source, 0);
  MDB_txn *transaction = begin(environment, MDB_RDONLY);
  MDB_cursor *cursor = open_cursor(transaction, "log");
  MDB_stat figures;
  check_lmdb(mdb_stat(transaction, mdb_cursor_dbi(cursor), &figures), "mdb_stat");
  FILE *file = fopen(target, "wb");
  if (file == NULL) fail("cannot be written", target);
  uint8_t line[1 << 16] = {0};
  size_t line_size = (size_t)size / (figures.ms_entries == 0 ? 1 : figures.ms_entries);
  if (line_size > sizeof line) fail("has long lines", source);
  MDB_val key, value;
  uint64_t total = 0;
  measure_start(measurement);
  while (mdb_cursor_get(cursor, &key, &value, MDB_NEXT) == 0) {
    total += sum(value);
    memcpy(line, value.mv_data, value.mv_size < line_size ? value.mv_size : line_size);
    if (fwrite(line, 1, line_size, file) != line_size) fail("cannot be written", target);
    measurement->count++;
  }
  if (fclose(file) != 0) fail("cannot be written", target);
  measure_stop(measurement);
  sink = total;
}

static MDB_dbi open_facts(MDB_env *environment) {
  // A program opens a table once, and begins a transaction and a cursor for each question.
  MDB_txn *transaction = begin(environment, MDB_RDONLY);
  MDB_dbi facts = open_table(transaction, "facts", 0);
  check_lmdb(mdb_txn_commit(transaction), "mdb_txn_commit");
  return facts;
}

// What holds of each fact asked for: the last row of it that was known. The sum of all.
static int64_t statement(MDB_env *environment, MDB_dbi facts, const struct question *question) {
  MDB_txn *transaction = begin(environment, MDB_RDONLY);
  MDB_cursor *cursor;
  check_lmdb(mdb_cursor_open(transaction, facts, &cursor), "mdb_cursor_open");
  int64_t total = 0;
  for (uint32_t cell = 0; cell < question->prefix_count; cell++) {
    size_t size = question->prefix_size;
    const uint8_t *prefix = question->prefixes + cell * size;
    MDB_val key = {size, (void *)prefix}, value;
    int64_t holds = 0;
    int code = mdb_cursor_get(cursor, &key, &value, MDB_SET_RANGE);
    while (code == 0 && memcmp(key.mv_data, prefix, size) == 0) {
      if (published(key.mv_data) > question->known_at) break;
      holds = little_endian_64((const uint8_t *)value.mv_data + MANTISSA_OFFSET);
      code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT);
    }
    total += holds;
  }
  mdb_cursor_close(cursor);
  mdb_txn_abort(transaction);
  return total;
}

// Reads every row that begins with the prefix, whenever it was published.
static int64_t range(MDB_env *environment, MDB_dbi facts, const struct question *question) {
  MDB_txn *transaction = begin(environment, MDB_RDONLY);
  MDB_cursor *cursor;
  check_lmdb(mdb_cursor_open(transaction, facts, &cursor), "mdb_cursor_open");
  size_t size = question->prefix_size;
  MDB_val key = {size, (void *)question->prefixes}, value;
  uint64_t total = 0;
  int code = mdb_cursor_get(cursor, &key, &value, MDB_SET_RANGE);
  while (code == 0 && memcmp(key.mv_data, question->prefixes, size) == 0) {
    total += sum(key) + sum(value);
    code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT);
  }
  mdb_cursor_close(cursor);
  mdb_txn_abort(transaction);
  return (int64_t)total;
}

// Asks every question twice; the second time is measured, when no page has to be mapped first.
static void ask(const char *source, const char *path,
                int64_t (*answer)(MDB_env *, MDB_dbi, const struct question *),
                struct measurement *measurement) {
  struct questions questions = load_questions(path);
  MDB_env *environment = open_environment(source, 0);
  MDB_dbi facts = open_facts(environment);
  for (size_t index = 0; index < questions.count; index++) {
    sink = (uint64_t)answer(environment, facts, &questions.all[index]);
  }
  for (size_t index = 0; index < questions.count; index++) {
    measure_start(measurement);
    measurement->check += answer(environment, facts, &questions.all[index]);
    sample_stop(measurement, questions.count);
  }
}

int main(int count, char **arguments) {
  struct measurement measurement = {0};
  if (count < 3) fail("say what to do with which ledger", "Limits");
  const char *work = arguments[1], *source = arguments[2];
  const char *target = count > 3 ? arguments[3] : NULL;
  if (strcmp(work, "replay") == 0) {
    replay(source, &measurement);
  } else if (strcmp(work, "verify") == 0) {
    verify(source, &measurement);
  } else if (target == NULL) {
    fail("there is no such work, or it needs a file", work);
  } else if (strcmp(work, "append") == 0) {
    append(source, target, &measurement);
  } else if (strcmp(work, "rebuild") == 0) {
    rebuild(source, target, &measurement);
  } else if (strcmp(work, "statement") == 0) {
    ask(source, target, statement, &measurement);
  } else if (strcmp(work, "range") == 0) {
    ask(source, target, range, &measurement);
  } else if (strcmp(work, "export") == 0 && count > 4) {
    export(source, target, atoll(arguments[4]), &measurement);
  } else {
    fail("there is no such work", work);
  }
  write_measurement(&measurement);
  return 0;
}
