/** How a file of each version becomes one of the next: the first leads from version 1 to 2. Never changed once released. */
export const migrations: readonly string[] = [
  // An index over all of history cost a page in every creation, whose key has no past.
  `DROP INDEX history_by_key;
   CREATE TABLE replaced (key BLOB, rev INTEGER, PRIMARY KEY (key, rev)) WITHOUT ROWID;
   INSERT INTO replaced
     SELECT h.key, h.rev FROM history h LEFT JOIN current c ON c.key = h.key AND c.mod_rev = h.rev
     WHERE c.key IS NULL ORDER BY h.key, h.rev;`,
];
