// What the data file holds is part of what this module does: its errors, figures and entries are used
// with it.
@_exported public import LMDBPages
