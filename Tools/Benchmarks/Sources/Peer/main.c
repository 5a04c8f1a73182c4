// The same work by SQLite, as a user would set it up: WAL, synchronous=FULL, the log and the facts
// with the same index.
//
//   Peer append SOURCE TARGET            writes a new database with the rows of the ledger SOURCE
//   Peer replay|verify DATABASE
//   Peer export DATABASE TARGET BYTES    reads the log and writes so many bytes
//   Peer statement|range DATABASE QUESTIONS
//   Peer cells DATABASE QUESTIONS        as statement, but each cell is a transaction of its own

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "Rows.h"

static sqlite3 *database;
static sqlite3_stmt *begin, *commit, *cell, *fact, *entity;

static void check(int code) {
  if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE) {
    fail(sqlite3_errmsg(database), "sqlite3");
  }
}

static void run(const char *text) { check(sqlite3_exec(database, text, NULL, NULL, NULL)); }

static void open_database(const char *path) {
  check(sqlite3_open(path, &database));
  run("PRAGMA journal_mode=WAL");
  run("PRAGMA synchronous=FULL");
}

static sqlite3_stmt *prepare(const char *text) {
  sqlite3_stmt *statement;
  check(sqlite3_prepare_v3(database, text, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL));
  return statement;
}

static void step(sqlite3_stmt *statement) {
  check(sqlite3_step(statement));
  check(sqlite3_reset(statement));
}

// Binds the numbers of a fact: as many as `size` bytes of its key hold.
static int bind_fact(sqlite3_stmt *statement, const uint8_t *key, size_t size) {
  int index = 0;
  for (size_t offset = 0; offset < size; offset += 4) {
    int64_t number = big_endian_32(key + offset);
    if (offset >= 16) number -= 1LL << 31; // the days of the period
    check(sqlite3_bind_int64(statement, ++index, number));
  }
  return index;
}

static void insert_fact(sqlite3_stmt *statement, const struct fact_row *row, size_t sequence) {
  const uint8_t *value = row->value.data;
  int index = bind_fact(statement, row->key.data, PUBLISHED_OFFSET);
  check(sqlite3_bind_int64(statement, ++index, published(row->key.data)));
  check(sqlite3_bind_int64(statement, ++index, (int64_t)sequence));
  check(sqlite3_bind_int64(statement, ++index, little_endian_32(value + 4)));
  check(sqlite3_bind_int64(statement, ++index, little_endian_64(value + MANTISSA_OFFSET)));
  check(sqlite3_bind_int(statement, ++index, (int8_t)value[2]));
  check(sqlite3_bind_int(statement, ++index, value[0] | value[1] << 8));
  step(statement);
}

// A transaction for each batch of the ledger, as when it was appended.
static void append(const char *source, const char *target, struct measurement *measurement) {
  struct rows rows = load_rows(source);
  if (access(target, F_OK) == 0) fail("exists", target);
  open_database(target);
  run("CREATE TABLE log(sequence INTEGER PRIMARY KEY, record BLOB)");
  run("CREATE TABLE facts(entity, concept, dimensions, unit, period_end, period_start, published,"
      " sequence, filing, value, decimals, flags, PRIMARY KEY(entity, concept, dimensions, unit,"
      " period_end, period_start, published, sequence)) WITHOUT ROWID");
  begin = prepare("BEGIN IMMEDIATE");
  commit = prepare("COMMIT");
  sqlite3_stmt *log = prepare("INSERT INTO log VALUES(?, ?)");
  sqlite3_stmt *facts = prepare("INSERT INTO facts VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

  measure_start(measurement);
  step(begin);
  for (size_t sequence = 0; sequence < rows.log_count; sequence++) {
    struct bytes record = rows.log[sequence];
    if (sequence > 0 && is_batch(record)) {
      step(commit);
      step(begin);
    }
    check(sqlite3_bind_int64(log, 1, (int64_t)sequence));
    check(sqlite3_bind_blob(log, 2, record.data, (int)record.size, SQLITE_STATIC));
    step(log);
    if (rows.fact_of[sequence] != NULL) insert_fact(facts, rows.fact_of[sequence], sequence);
  }
  step(commit);
  measure_stop(measurement);
  measurement->count = rows.log_count;
  // What reads it next, and its size on disk, are to be of one file.
  run("PRAGMA wal_checkpoint(TRUNCATE)");
}

static void replay(struct measurement *measurement) {
  measure_start(measurement);
  sqlite3_stmt *log = prepare("SELECT * FROM log");
  volatile uint8_t last = 0;
  while (sqlite3_step(log) == SQLITE_ROW) {
    const uint8_t *record = sqlite3_column_blob(log, 1);
    int size = sqlite3_column_bytes(log, 1);
    if (size > 0) last = record[size - 1];
    measurement->count += sqlite3_column_int64(log, 0) >= 0;
  }
  measure_stop(measurement);
  (void)last;
  measurement->check = (int64_t)measurement->count;
}

// What SQLite itself offers: it looks for damaged pages and missing index entries, not for bytes
// that were changed.
static void verify(struct measurement *measurement) {
  sqlite3_stmt *size = prepare("SELECT count(*) FROM log");
  check(sqlite3_step(size));
  measurement->count = (uint64_t)sqlite3_column_int64(size, 0);
  measurement->check = (int64_t)measurement->count;
  measure_start(measurement);
  sqlite3_stmt *all = prepare("PRAGMA integrity_check");
  check(sqlite3_step(all));
  measure_stop(measurement);
  if (strcmp((const char *)sqlite3_column_text(all, 0), "ok") != 0) fail("is damaged", "sqlite3");
}

static void export(const char *target, long long size, struct measurement *measurement) {
  sqlite3_stmt *count = prepare("SELECT count(*) FROM log");
  check(sqlite3_step(count));
  size_t line_size = (size_t)(size / (sqlite3_column_int64(count, 0) + 1));
  uint8_t line[1 << 16] = {0};
  FILE *file = fopen(target, "wb");
  if (file == NULL || line_size > sizeof line) fail("cannot be written", target);
  measure_start(measurement);
  sqlite3_stmt *log = prepare("SELECT * FROM log");
  while (sqlite3_step(log) == SQLITE_ROW) {
    size_t record_size = (size_t)sqlite3_column_bytes(log, 1);
    memcpy(line, sqlite3_column_blob(log, 1), record_size < line_size ? record_size : line_size);
    if (fwrite(line, 1, line_size, file) != line_size) fail("cannot be written", target);
    measurement->count++;
  }
  if (fclose(file) != 0) fail("cannot be written", target);
  measure_stop(measurement);
}

static void prepare_questions(void) {
  begin = prepare("BEGIN");
  commit = prepare("COMMIT");
  cell = prepare("SELECT value, decimals, flags, filing, published, sequence FROM facts"
                 " WHERE entity=? AND concept=? AND dimensions=? AND unit=? AND period_end=?"
                 " AND period_start=? AND published<=? ORDER BY published, sequence");
  fact = prepare("SELECT * FROM facts WHERE entity=? AND concept=? AND dimensions=? AND unit=?"
                 " AND period_end=? AND period_start=? ORDER BY published, sequence");
  entity = prepare("SELECT * FROM facts WHERE entity=? ORDER BY concept, dimensions, unit,"
                   " period_end, period_start, published, sequence");
}

// What holds of each fact asked for: the last claim of it that was known. The sum of all.
static int64_t cells(const struct question *question) {
  int64_t total = 0;
  for (uint32_t index = 0; index < question->prefix_count; index++) {
    size_t size = question->prefix_size;
    int bound = bind_fact(cell, question->prefixes + index * size, size);
    check(sqlite3_bind_int64(cell, bound + 1, question->known_at));
    int64_t holds = 0;
    while (sqlite3_step(cell) == SQLITE_ROW) holds = sqlite3_column_int64(cell, 0);
    check(sqlite3_reset(cell));
    total += holds;
  }
  return total;
}

// One transaction: all cells are of one state of the database.
static int64_t statement(const struct question *question) {
  step(begin);
  int64_t total = cells(question);
  step(commit);
  return total;
}

// Every row of one entity, or of one fact.
static int64_t range(const struct question *question) {
  sqlite3_stmt *rows = question->prefix_size == PUBLISHED_OFFSET ? fact : entity;
  int64_t total = 0;
  bind_fact(rows, question->prefixes, question->prefix_size);
  while (sqlite3_step(rows) == SQLITE_ROW) {
    for (int column = 0; column < 12; column++) total += sqlite3_column_int64(rows, column);
  }
  check(sqlite3_reset(rows));
  return total;
}

// Asks every question twice; the second time is measured.
static void ask(const char *path, int64_t (*answer)(const struct question *),
                struct measurement *measurement) {
  struct questions questions = load_questions(path);
  prepare_questions();
  volatile int64_t sink;
  for (size_t index = 0; index < questions.count; index++) sink = answer(&questions.all[index]);
  (void)sink;
  for (size_t index = 0; index < questions.count; index++) {
    measure_start(measurement);
    measurement->check += answer(&questions.all[index]);
    sample_stop(measurement, questions.count);
  }
}

int main(int count, char **arguments) {
  struct measurement measurement = {0};
  if (count < 3) fail("say what to do with which file", "Peer");
  const char *work = arguments[1], *path = arguments[2];
  const char *target = count > 3 ? arguments[3] : NULL;
  if (strcmp(work, "append") == 0 && target != NULL) {
    append(path, target, &measurement);
    write_measurement(&measurement);
    return 0;
  }
  if (access(path, R_OK) != 0) fail("cannot be read", path);
  open_database(path);
  if (strcmp(work, "replay") == 0) {
    replay(&measurement);
  } else if (strcmp(work, "verify") == 0) {
    verify(&measurement);
  } else if (target == NULL) {
    fail("there is no such work, or it needs a file", work);
  } else if (strcmp(work, "statement") == 0) {
    ask(target, statement, &measurement);
  } else if (strcmp(work, "cells") == 0) {
    ask(target, cells, &measurement);
  } else if (strcmp(work, "range") == 0) {
    ask(target, range, &measurement);
  } else if (strcmp(work, "export") == 0 && count > 4) {
    export(target, atoll(arguments[4]), &measurement);
  } else {
    fail("there is no such work", work);
  }
  write_measurement(&measurement);
  return 0;
}
