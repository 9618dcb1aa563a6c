/** An imported text that is refined to a Command or a Sql is read as one: by rules about it, and by those about all that a call touches. */
import { describe, expect, test } from "vitest";
import { asker, checkWith, codesOf, contractWith, tool } from "./lists.ts";

const text = { type: "string" };
const steps = { type: "array", items: { type: "object", properties: { run: text }, required: ["run"] } };
const LIST = [tool("shell", { command: text }, ["command"]), tool("job", { steps }), tool("db", { q: text }, ["q"])];
const COMMANDS = ["classify srv.* execute", "refine srv.shell.command: Command", "refine srv.job.steps.run: Command"];

describe("a text that is refined to a Command", () => {
  const ask = asker(
    contractWith(LIST, [
      ...COMMANDS,
      'plain: allow srv.shell when every s in command.segments (s.program in ["ls", "cat", "git"])',
      "jobs: allow srv.job",
      'removing: deny * when any c in action.commands (any s in c.segments (s.program == "rm"))',
      'secrets: deny * when any p in action.paths (p matches ["**/.env"])',
    ]),
  );
  const outcome = (command: unknown) => ask("srv.shell", { command }).outcome;
  const job = (...runs: readonly string[]) => ask("srv.job", { steps: runs.map((run) => ({ run })) });

  test("is asked what it runs, whatever it is wrapped in", () => {
    expect(outcome("git status && ls src")).toBe("allow");
    expect(outcome("git status; timeout 5 sh -c 'r\"m\" x'")).toBe("deny");
    expect(outcome("curl x")).toBe("deny");
  });

  test("is not granted when nobody can tell what it runs, and is no call when it is no text", () => {
    expect(outcome("eval ls")).toBe("deny");
    expect(outcome("ls 'x")).toBe("deny");
    expect(ask("srv.shell", { command: 5 }).reason).toBe("bad_arguments");
  });

  test("is among the commands and paths of the call, also below lists and records", () => {
    expect(job("ls", "npm test").outcome).toBe("allow");
    expect(job("ls", "sudo rm x").rules).toContain("removing");
    expect(job("ls; cat /srv/.env").rules).toContain("secrets");
    expect(ask("srv.job", {}).outcome).toBe("allow");
  });

  test("is another thing than the text was: that is no command to any rule", () => {
    const rule = 'r: allow srv.shell when every s in command.segments (s.program == "ls")';
    expect(codesOf(checkWith(LIST, ["classify srv.* execute", rule]))).not.toEqual([]);
    expect(codesOf(checkWith(LIST, [...COMMANDS, 'r: allow srv.shell when command == "ls"']))).toContain("THC3003");
  });
});

test("a text that is refined to a Sql is asked what it does", () => {
  const ask = asker(
    contractWith(LIST, [
      "classify srv.{shell, job} execute",
      "classify srv.db read, write when q.writes",
      "refine srv.db.q: Sql",
      "reading: allow srv.db when level == read",
      'salaries: deny * when any t in action.tables (t == "salaries")',
    ]),
  );
  const outcome = (q: string) => ask("srv.db", { q }).outcome;
  expect(outcome("SELECT * FROM users")).toBe("allow");
  expect(outcome("SELECT * FROM users, Salaries")).toBe("deny");
  expect(outcome("DELETE FROM users")).toBe("deny");
  expect(outcome("SELECT f(1)")).toBe("deny");
});
