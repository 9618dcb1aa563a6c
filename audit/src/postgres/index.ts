/** The PostgreSQL sink and its source. This subpath alone needs the package `pg`. */

export { openPostgresLog, type PostgresOpenOptions } from "./open.ts";
export { TABLES, writerGrants } from "./schema.ts";
export { postgresSource } from "./source.ts";
