/** SQLite in WAL mode with synchronous FULL, as the neighbour that people know. Compiled on demand, apart from the workspace. */

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

interface Statement {
  run(...values: readonly unknown[]): unknown;
}
export interface Database {
  pragma(text: string): unknown;
  exec(text: string): unknown;
  prepare(text: string): Statement;
  close(): void;
}

/** \`null\`, and the reason, where it cannot be had. */
export function openSqlite(path: string): Database | string {
  const home = join(process.cwd(), "bench/audit/sqlite");
  if (!existsSync(join(home, "node_modules/better-sqlite3/build"))) {
    process.stdout.write("compiling SQLite for comparison (once) …\n");
    spawnSync("npm", ["ci"], { cwd: home, stdio: "ignore" });
  }
  try {
    const Sqlite = createRequire(join(home, "package.json"))("better-sqlite3") as new (path: string) => Database;
    const database = new Sqlite(path);
    database.pragma("journal_mode = WAL");
    database.pragma("synchronous = FULL");
    database.exec("CREATE TABLE rows (seq INTEGER PRIMARY KEY, line TEXT NOT NULL)");
    return database;
  } catch {
    return "better-sqlite3 could not be installed";
  }
}
