/** Long histories that fill one table until it evicts or refuses: what is forgotten must never help. */
import {
  allow,
  approval,
  budget,
  contract,
  type Draft,
  flow,
  listOf,
  record,
  ref,
  requireApproval,
  requireGrounded,
  requirePrior,
  T,
  tool,
} from "../../contracts/build.ts";
import type { Contract } from "../../reference/contract.ts";
import type { Case } from "../event.ts";
import type { Random } from "../random.ts";
import { arr, num, obj, type Written } from "../written.ts";
import { type Narrator, narrate, type Step } from "./history.ts";

const ROW = record({ id: T.id, mail: T.email });
const TOOLS = [
  tool("find", { name: T.text }, { returns: record({ rows: listOf(ROW) }) }),
  tool("send", { to: T.email, id: T.id, amount: T.usd, body: T.json }, { levels: ["write"], risk: "write" }),
];
const FIND = 0;
const SEND = 1;

const RULES: readonly (readonly [name: string, make: () => Draft])[] = [
  ["first", () => requirePrior("first", ["send"], ["send"], { negated: true, keys: [key()] })],
  [
    "looked",
    () =>
      requirePrior("looked", ["send"], ["send"], {
        completion: "allowed",
        keys: [key()],
        otherwise: [{ kind: "warn" }],
      }),
  ],
  ["sought", () => requirePrior("sought", ["find"], ["find"], { otherwise: [{ kind: "warn" }] })],
  ["mails", () => known("mails", "to", "mail", T.email)],
  ["ids", () => known("ids", "id", "id", T.id)],
  [
    "words",
    () => requireGrounded("words", ["find"], [ref("args.name", T.text)], ["user"], { otherwise: [{ kind: "warn" }] }),
  ],
  ["asked", () => requireApproval("asked", ["send"], approval({ once: true, expires: 1_800_000 }))],
  ["calls", () => budget("calls", ["*"], "60", { otherwise: [{ kind: "warn" }] })],
  [
    "money",
    () =>
      budget("money", ["send"], "500", {
        measure: { kind: "argument", value: ref("args.amount", T.usd) },
        otherwise: [{ kind: "warn" }],
      }),
  ],
  ["leak", () => flow("leak", ["send"], ["untrusted"], { byValue: true, otherwise: [{ kind: "warn" }] })],
];

function key() {
  return { current: ref("args.id", T.id), prior: ref("prior_args.id", T.id), isIn: false };
}

function known(name: string, argument: string, field: string, type: typeof T.email | typeof T.id): Draft {
  const source = { of: "find", path: ["rows", field], type };
  return requireGrounded(name, ["send"], [ref(`args.${argument}`, type)], ["user", source], {
    otherwise: [{ kind: "warn" }],
  });
}

/** What fills a table, and the rules without which it would not. */
interface Plan {
  /** How often it is taken: short histories oftener. */
  readonly weight: number;
  readonly needs: readonly string[];
  readonly act: (author: Narrator, fresh: () => string, random: Random) => void;
}

const send = (author: Narrator, fresh: () => string, random: Random, body?: Written) =>
  void author.call({ tool: SEND, args: sendArgs(fresh(), random, body) });
const PLANS: readonly Plan[] = [
  {
    weight: 1,
    needs: ["first"],
    act: (author, fresh, random) => times(random.pick([33, 40, 130, 140]), () => send(author, fresh, random)),
  },
  {
    weight: 2,
    needs: ["sought"],
    act: (author, fresh, random) =>
      times(random.pick([30, 130]), () => {
        author.call({ tool: FIND, args: obj({ name: fresh() }) });
        author.result(rows(random.below(3), fresh, random));
      }),
  },
  {
    weight: 1,
    needs: ["mails", "ids"],
    act: (author, fresh, random) =>
      times(5, () => {
        author.call({ tool: FIND, args: obj({ name: "x" }) });
        author.result(rows(100 + random.below(200), fresh, random));
      }),
  },
  {
    weight: 1,
    needs: ["leak"],
    act: (author, fresh, random) =>
      times(5, () => {
        author.call({ tool: FIND, args: obj({ name: "x" }) });
        author.result(rows(150 + random.below(200), () => `${fresh()}-value`, random));
        send(author, fresh, random);
      }),
  },
  {
    weight: 2,
    needs: ["words"],
    act: (author, fresh, random) =>
      times(12, () => author.message(Array.from({ length: 50 + random.below(200) }, () => `w${fresh()}`).join(" "))),
  },
  {
    weight: 3,
    needs: ["ids"],
    act: (author, fresh, random) =>
      times(random.pick([3, 10, 10]), () =>
        send(author, fresh, random, arr(Array.from({ length: 60 + random.below(200) }, fresh))),
      ),
  },
  {
    weight: 1,
    needs: ["asked"],
    act: (author, fresh, random) =>
      times(random.pick([31, 36]), () => {
        send(author, fresh, random);
        author.approve(true);
        if (random.chance(0.05)) author.wait(1_800_001);
      }),
  },
];

export function press(random: Random, stepper: (contract: Contract) => Step): Case {
  const plan = random.weighted<Plan>(PLANS.map((each) => [each.weight, () => each]));
  const rules = RULES.filter(([name]) => plan.needs.includes(name) || random.chance(0.25)).map(([, make]) => make());
  const pressed = contract(TOOLS, [allow("all", ["*"]), ...rules], [], ["support-bot-*", "triage*"]);
  const author = narrate(pressed, random, stepper(pressed));
  const fresh = counter();
  times(random.below(3), author.any);
  plan.act(author, fresh, random);
  times(random.below(8), author.any);
  if (random.chance(0.5)) plan.act(author, fresh, random);
  times(4 + random.below(8), author.any);
  return { contract: pressed, events: author.events() };
}

function sendArgs(value: string, random: Random, body: Written = null): Written {
  return obj({ to: `${value}@acme.example`, id: value, amount: num(1 + random.below(9)), body: body ?? true });
}

function rows(count: number, fresh: () => string, random: Random): Written {
  const row = (): Written =>
    obj({ id: fresh(), mail: random.chance(0.3) ? "ann@acme.example" : `${fresh()}@acme.example` });
  return obj({ rows: arr(Array.from({ length: count }, row)) });
}

function counter(): () => string {
  let last = 0;
  return () => {
    last += 1;
    return `v${last}`;
  };
}

function times(count: number, act: () => void): void {
  for (let i = 0; i < count; i += 1) act();
}
