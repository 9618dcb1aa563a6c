/** `thc diff` in words: statements that changed, then outcomes that change, what is newly possible first, each with a witness. */
import type { Change, Direction, Side } from "../diff/compare.ts";
import type { Recorded } from "../diff/recorded.ts";
import type { StatementChange } from "../diff/statements.ts";
import type { Story } from "../diff/stories.ts";
import { maskedJson } from "../terminal/mask.ts";
import type { Paint } from "../terminal/paint.ts";
import { plural } from "../terminal/table.ts";
import { shorten, visible } from "../terminal/visible.ts";
import { writeDuration } from "../testing/compare.ts";
import { unreachable } from "../unreachable.ts";
import { name, names, writeCall } from "./words.ts";

export interface Difference {
  readonly statements: readonly StatementChange[];
  readonly stories: number;
  readonly changes: readonly Change[];
  readonly recorded: readonly Recorded[];
}

export function renderDiff({ statements, stories, changes, recorded }: Difference, paint: Paint): string[] {
  const written = statements.flatMap((change) => renderStatement(change, paint));
  return [
    paint.strong(statements.length === 0 ? "statements: none changed" : `statements: ${statements.length} changed`),
    ...written,
    "",
    paint.strong(
      changes.length === 0
        ? `decisions: none of ${plural(stories, "made-up story").replace("storys", "stories")} comes out otherwise`
        : `decisions: ${plural(changes.length, "kind")} of change in ${stories.toLocaleString("en-US")} made-up stories`,
    ),
    ...changes.flatMap((change) => renderChange(change, paint)),
    ...recorded.flatMap((each) => renderRecorded(each, paint)),
  ];
}

function renderStatement(change: StatementChange, paint: Paint): string[] {
  const line = (text: string): string => shorten(visible(text), 200);
  if (change.change === "added") return [`  ${paint.good("+")} ${line(change.text)}`];
  if (change.change === "removed") return [`  ${paint.bad("-")} ${line(change.text)}`];
  return [`  ${paint.bad("-")} ${line(change.before)}`, `  ${paint.good("+")} ${line(change.after)}`];
}

function sayDirection(direction: Direction): string {
  switch (direction) {
    case "newly_allowed":
      return "newly allowed";
    case "newly_asked":
      return "no longer denied, asks now";
    case "loosened":
      return "fewer obligations";
    case "newly_denied":
      return "newly denied";
    case "newly_approval":
      return "asks now";
    case "tightened":
      return "more obligations";
    default:
      return unreachable(direction);
  }
}
const paintDirection = (direction: Direction, paint: Paint): string => {
  const words = sayDirection(direction);
  return direction === "newly_allowed" || direction === "newly_asked" || direction === "loosened"
    ? paint.bad(words)
    : paint.warn(words);
};

const writeSide = ({ outcome, reason, rules, obligations }: Side): string =>
  `${outcome}${rules.length === 0 ? (reason === "none" ? "" : ` (${reason})`) : ` by ${names(rules)}`}${
    obligations.length === 0 ? "" : ` with ${visible(obligations.join(", "))}`
  }`;

function renderChange({ direction, tool, before, after, count, witness }: Change, paint: Paint): string[] {
  return [
    "",
    `  ${paintDirection(direction, paint)}: ${name(tool)} (${plural(count, "story").replace("storys", "stories")})`,
    `    before: ${writeSide(before)}`,
    `    after:  ${writeSide(after)}`,
    ...writeStory(witness).map((line) => `    ${paint.faint(line)}`),
  ];
}

function writeStory({ principal, team, of, ofTeam, facts, events }: Story): string[] {
  const ofA = (name: string | undefined) => (name === undefined ? "" : ` of team ${maskedJson(name, 60)}`);
  const given = facts.map(({ root, name, value }) => `${root}.${name} = ${maskedJson(value, 60, name)}`);
  return [
    `as ${maskedJson(principal, 60)}${ofA(team)}${of === undefined ? "" : ` for ${maskedJson(of, 60)}${ofA(ofTeam)}`}${given.length === 0 ? "" : `, ${given.join(", ")}`}`,
    ...counted(
      events.flatMap((event, i) => {
        const pause = i > 0 && event.after > 1_000 ? [`after ${writeDuration(event.after)}`] : [];
        return [...pause, writeEvent(event, i === events.length - 1)];
      }),
    ),
  ];
}

/** Equal lines as one that says how many. */
function counted(lines: readonly string[]): string[] {
  const runs: { line: string; times: number }[] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last?.line === line) last.times += 1;
    else runs.push({ line, times: 1 });
  }
  return runs.map(({ line, times }) => (times === 1 ? line : `${line} (${times} times)`));
}

function writeEvent(event: Story["events"][number], isLast: boolean): string {
  if (event.kind === "message") return `user says ${maskedJson(event.text, 160)}`;
  const costs = Object.entries(event.figures).flatMap(([name, value]) => (value === 0 ? [] : [`${name} ${value}`]));
  const said = `${writeCall(event.tool, event.args)}${costs.length === 0 ? "" : ` at ${costs.join(", ")}`}`;
  if (isLast) return `call ${said}`;
  return event.result === undefined ? `attempt ${said}` : `prior ${said} ok returns ${maskedJson(event.result, 120)}`;
}

function renderRecorded({ trace, runs, changes }: Recorded, paint: Paint): string[] {
  return [
    "",
    paint.strong(
      `recorded: ${changes.reduce((sum, change) => sum + change.runs, 0)} of ${plural(runs, "run")} of ${visible(trace)} come out otherwise`,
    ),
    ...changes.flatMap(({ direction, tool, before, after, runs: n, witness }) => {
      const by = (rules: readonly string[]) => (rules.length === 0 ? "let through" : `by ${names(rules)}`);
      return [
        `  ${paintDirection(direction, paint)}: ${name(tool)} (${plural(n, "run")}), before ${by(before)}, after ${by(after)}`,
        `    ${paint.faint(`run ${visible(witness.run)}, call ${witness.call}: ${writeCall(tool, witness.args)}`)}`,
      ];
    }),
  ];
}

export const diffJson = ({ statements, stories, changes, recorded }: Difference): object => ({
  statements,
  stories,
  changes,
  recorded,
});
