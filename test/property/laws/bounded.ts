/** Law 11: bounded. Input above a limit is a denial with its own reason, and the state of a session stops growing. */
import {
  allow,
  approval,
  budget,
  contract,
  deny,
  listOf,
  ref,
  requireApproval,
  requirePrior,
  T,
  tool,
} from "../../contracts/build.ts";
import type { Json } from "../../contracts/session.ts";
import { holds, type Law } from "../law.ts";
import { openSession } from "../session-of.ts";

const LARGEST = 1_048_576;

/** Expressions, with texts that hold a match and texts that hold none in any case. */
const EXPRESSIONS: readonly { readonly source: string; readonly found: string[]; readonly missed: string[] }[] = [
  { source: "ab?c", found: ["abc", "xxac", "ababcab"], missed: ["", "ab", "abbc", "a c"] },
  { source: "^ab|cd$", found: ["ab", "abx", "xcd", "cd"], missed: ["xab", "cdx", ""] },
  { source: "^$", found: [""], missed: [" ", "\n"] },
  { source: "a{2,4}b$", found: ["aab", "xaaaaab", "b aaab"], missed: ["ab", "aaba", "aa"] },
  { source: "[^0-9€]{3}", found: ["1ab€abc", "üöä", "a\nb"], missed: ["ab1cd€ef", "12", "€€€"] },
  { source: "x[я-ѐ]y|😀+!", found: ["xяy", "aaxѐy", "😀😀!"], missed: ["xяяy", "x1y", "😀", "!"] },
  { source: "(a|aa)*(b|c.)d", found: ["aaaabd", "c\u0000d"], missed: ["c\nd", "aaad", `${"a".repeat(4_000)}b`] },
  { source: "(x+x+)+y", found: ["xxxxy"], missed: ["x".repeat(4_000), "xy"] },
  { source: "^(ab)+$|^c{1,4}$", found: ["ab", "abababab", "c", "cccc"], missed: ["ababa", "ccccc", "abc"] },
  { source: "\\d+\\s\\w\\W", found: ["12 ab 7\ta-", "5\n_ü"], missed: ["12ab", "1 ü!"] },
];

export const BOUNDED: readonly Law[] = [
  {
    number: 11,
    sentence: "input above a limit is denied with the reason of that limit, and up to the limit it is read",
    trials: 6,
    check: (subject, random) => {
      const put = tool("put", { body: T.json, nums: listOf(T.int) });
      const several = deny("several", ["*"], {
        kind: "quantifier",
        quantifier: "any",
        depth: 0,
        lists: [ref("args.nums", listOf(T.int))],
        body: { kind: "constant", value: false },
      });
      const session = openSession(
        subject,
        contract([put], [allow("all", ["*"]), several, budget("cap", ["*"], "100")]),
      );
      const send = (body: Json, nums: readonly number[] = []) => session.call("put", { body, nums });
      const nested = (depth: number): Json => (depth === 0 ? 1 : [nested(depth - 1)]);
      // The body of a call stands four objects and arrays deep: request, action, args.
      holds(send(nested(29)).reason === "none", () => "a depth of 32 was refused");
      holds(send(nested(30)).reason === "too_deep", () => "a depth of 33 was read");
      holds(
        send(
          1,
          Array.from({ length: 1_024 }, (_, i) => i),
        ).reason === "none",
        () => "1,024 elements were refused",
      );
      holds(
        send(
          1,
          Array.from({ length: 1_025 }, (_, i) => i),
        ).outcome === "deny",
        () => "1,025 elements were known",
      );
      const size = (total: number) => {
        const text = JSON.stringify({
          event: "call",
          principal: { id: "bot" },
          action: { tool: "put", args: { body: 1, nums: [] } },
          context: { time: 1_767_225_600_000, call_id: `s${total}` },
        });
        const bytes = new Uint8Array(total).fill(random.pick([0x20, 0x0a, 0x09]));
        bytes.set(new TextEncoder().encode(text));
        return session.send(bytes).reason;
      };
      holds(size(LARGEST) === "none", () => "the largest request was refused");
      holds(size(LARGEST + 1) === "too_large", () => "a request above the limit was read");
    },
  },
  {
    number: 11,
    sentence: "the state of a session stops growing",
    trials: 2,
    check: (subject, random) => {
      const go = tool("go", { key: T.id }, { levels: ["write"] });
      const id = ref("args.key", T.id);
      const warn = [{ kind: "warn" }] as const;
      const rules = [
        allow("all", ["*"]),
        requirePrior("seen", ["go"], ["go"], {
          keys: [{ current: id, prior: ref("prior_args.key", T.id), isIn: false }],
          otherwise: warn,
        }),
        budget("cap", ["go"], "1000", { otherwise: warn }),
        requireApproval("never", ["go"], approval(), { kind: "constant", value: false }),
      ];
      const session = openSession(subject, contract([go], rules));
      const calls = (count: number, from: number) => {
        for (let i = from; i < from + count; i += 1) {
          session.call("go", { key: `key-${10_000 + i}` }, { id: `id-${10_000 + i}` });
          if (random.chance(0.3)) session.result("ok");
        }
        return session.stateBytes();
      };
      const full = calls(330, 0);
      const later = calls(330, 330);
      holds(later <= full * 1.1 + 256, () => `after 330 calls ${full} bytes, after 660 calls ${later}`);
    },
  },
  {
    number: 11,
    sentence:
      "a regular expression finds what stands anywhere in a text, and gives up nothing for being matched in one pass",
    trials: 6,
    check: (subject, random) => {
      for (const { source, found, missed } of EXPRESSIONS) {
        const put = tool("put", { text: T.text });
        const item = ref("args.text", T.text);
        const ignoreCase = random.chance(0.5);
        const no = deny("no", ["*"], { kind: "regex", item, source, ignoreCase });
        const session = openSession(subject, contract([put], [allow("all", ["*"]), no]));
        const ask = (text: string) => session.call("put", { text }).outcome;
        for (const text of found) {
          holds(ask(text) === "deny", () => `/${source}/ does not find ${text}`);
          const other = random.pick([text.toUpperCase(), text.toLowerCase()]);
          if (ignoreCase && other.length === text.length)
            holds(ask(other) === "deny", () => `/${source}/i in ${other}`);
        }
        for (const text of missed) holds(ask(text) === "allow", () => `/${source}/ finds ${text}`);
      }
    },
  },
  {
    number: 11,
    sentence: "globs are matched without backtracking",
    trials: 1,
    check: (subject) => {
      const put = tool("put", { text: T.text, file: T.path });
      const never = {
        kind: "matches",
        item: ref("args.text", T.text),
        style: "text",
        globs: [`${"a*".repeat(20)}b`],
      } as const;
      const path = {
        kind: "matches",
        item: ref("args.file", T.path),
        style: "path",
        globs: [`/${"**/a/".repeat(20)}b`],
      } as const;
      const rules = [allow("all", ["*"]), deny("text", ["*"], never), deny("path", ["*"], path)];
      const session = openSession(subject, contract([put], rules));
      // With backtracking this would not come back within the lifetime of anyone who runs it.
      const { outcome } = session.call("put", { text: "a".repeat(5_000), file: "/a".repeat(2_000) });
      holds(outcome === "allow", () => outcome);
    },
  },
];
