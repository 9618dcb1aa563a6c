/**
 * Tables for many hosts: every writer has a chain of its own, told apart by its origin.
 *
 * A writer's role may insert and read, never change or delete; the primary key lets one record stand at one place. The database's owner can still rewrite
 * everything, so heads belong outside of it as well.
 */

export const TABLES = `
CREATE TABLE IF NOT EXISTS thc_audit_records (
  origin  text   NOT NULL,
  seq     bigint NOT NULL,
  segment integer NOT NULL,
  line    bytea  NOT NULL,
  PRIMARY KEY (origin, seq)
);
CREATE INDEX IF NOT EXISTS thc_audit_segments ON thc_audit_records (origin, segment, seq);
CREATE TABLE IF NOT EXISTS thc_audit_heads (
  origin text   NOT NULL,
  size   bigint NOT NULL,
  note   text   NOT NULL,
  PRIMARY KEY (origin, size)
);
`;

const ROLE = /^[a-z_][a-z0-9_]{0,62}$/;

/** What a writer's role is granted; \`null\` when the name is no plain identifier. */
export function writerGrants(role: string): string | null {
  if (!ROLE.test(role)) return null;
  return `
REVOKE ALL ON thc_audit_records, thc_audit_heads FROM ${role};
GRANT INSERT, SELECT ON thc_audit_records, thc_audit_heads TO ${role};
`;
}
