#define _GNU_SOURCE
#include "CManual.h"

#include <string.h>

// #embed is of C23; the compiler knows it in every C.
#pragma clang diagnostic ignored "-Wc23-extensions"

// A page ends with a line feed, and begins with its heading. A test demands every page of the folder.
static const unsigned char manual[] = {
#embed "../Manual/commands/assay.md"
    ,
#embed "../Manual/commands/append.md"
    ,
#embed "../Manual/commands/backup.md"
    ,
#embed "../Manual/commands/binder.md"
    ,
#embed "../Manual/commands/bs.md"
    ,
#embed "../Manual/commands/cf.md"
    ,
#embed "../Manual/commands/check.md"
    ,
#embed "../Manual/commands/checkpoint.md"
    ,
#embed "../Manual/commands/cluster.md"
    ,
#embed "../Manual/commands/cluster-status.md"
    ,
#embed "../Manual/commands/correct.md"
    ,
#embed "../Manual/commands/diff.md"
    ,
#embed "../Manual/commands/export.md"
    ,
#embed "../Manual/commands/facts.md"
    ,
#embed "../Manual/commands/follow.md"
    ,
#embed "../Manual/commands/guidance.md"
    ,
#embed "../Manual/commands/hedges.md"
    ,
#embed "../Manual/commands/history.md"
    ,
#embed "../Manual/commands/import.md"
    ,
#embed "../Manual/commands/import-companyfacts.md"
    ,
#embed "../Manual/commands/import-document.md"
    ,
#embed "../Manual/commands/import-fsds.md"
    ,
#embed "../Manual/commands/import-release.md"
    ,
#embed "../Manual/commands/import-xbrl.md"
    ,
#embed "../Manual/commands/import-xbrl-json.md"
    ,
#embed "../Manual/commands/is.md"
    ,
#embed "../Manual/commands/keygen.md"
    ,
#embed "../Manual/commands/lint.md"
    ,
#embed "../Manual/commands/log.md"
    ,
#embed "../Manual/commands/new.md"
    ,
#embed "../Manual/commands/new-profile.md"
    ,
#embed "../Manual/commands/new-quarter.md"
    ,
#embed "../Manual/commands/panel.md"
    ,
#embed "../Manual/commands/prove.md"
    ,
#embed "../Manual/commands/publish.md"
    ,
#embed "../Manual/commands/rebuild.md"
    ,
#embed "../Manual/commands/receipt.md"
    ,
#embed "../Manual/commands/receipt-verify.md"
    ,
#embed "../Manual/commands/replay.md"
    ,
#embed "../Manual/commands/restatements.md"
    ,
#embed "../Manual/commands/restore.md"
    ,
#embed "../Manual/commands/retire.md"
    ,
#embed "../Manual/commands/serve.md"
    ,
#embed "../Manual/commands/statement.md"
    ,
#embed "../Manual/commands/stats.md"
    ,
#embed "../Manual/commands/token.md"
    ,
#embed "../Manual/commands/token-new.md"
    ,
#embed "../Manual/commands/units.md"
    ,
#embed "../Manual/commands/upgrade.md"
    ,
#embed "../Manual/commands/verify.md"
    ,
#embed "../Manual/commands/withdraw.md"
    ,
#embed "../Manual/commands/witness.md"
};

const unsigned char *assay_manual_bytes(void) { return manual; }

size_t assay_manual_byte_count(void) { return sizeof manual; }

size_t assay_manual_page_end(size_t start) {
  const unsigned char *line_feed = memmem(manual + start, sizeof manual - start, "\n# assay", 8);
  return line_feed ? (size_t)(line_feed - manual) + 1 : sizeof manual;
}
