/** The form of the tables in curated-*.ts; how a row is read: curated.ts. */

/** Service prefix up to and with its separator (`aws:s3:`), then its rows. */
export type CuratedRows = Readonly<Record<string, readonly string[]>>;
