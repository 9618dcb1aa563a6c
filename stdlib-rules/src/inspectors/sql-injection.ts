/** What is put into a value so that a statement around it means something else. A short list: one blank stands where one is written. */
import { anyCase, type Inspector } from "./inspector.ts";

export const sqlInjection: Inspector = {
  name: "sql_injection",
  patterns: [
    ...[
      "' or '1'='1",
      "' or 1=1",
      '" or "1"="1',
      '" or 1=1',
      "') or ('1'='1",
      "' or 'a'='a",
      "or 1=1 --",
      "or 1=1--",
    ].map((text) => anyCase("always_true", "high", text)),
    ...["'; drop table", "; drop table", "; drop database", "; truncate table", "; delete from", "; alter table"].map(
      (text) => anyCase("stacked", "critical", text),
    ),
    ...["; exec xp_", "xp_cmdshell", "sp_executesql", "into outfile '", "into dumpfile '", "load_file("].map((text) =>
      anyCase("server", "critical", text),
    ),
    ...["union select", "union all select", "union/**/select"].map((text) => anyCase("union", "high", text)),
    ...["waitfor delay '", "pg_sleep(", "benchmark(", "dbms_pipe.receive_message("].map((text) =>
      anyCase("timing", "high", text),
    ),
    ...["information_schema.", "sqlite_master", "pg_catalog."].map((text) => anyCase("catalogue", "medium", text)),
    ...["'--", "' --", "'#", "'/*"].map((text) => anyCase("comment", "low", text)),
  ],
};
