/** A case: a contract and a history under it, from one seed. */
import type { Contract } from "../../reference/contract.ts";
import type { RefDecision } from "../../reference/decision.ts";
import { interpret } from "../../reference/interpret.ts";
import { emptyState } from "../../reference/state.ts";
import { type Case, encode } from "../event.ts";
import { seeded } from "../random.ts";
import { tellLabels } from "./carried.ts";
import { makeContract } from "./contract.ts";
import { narrate, type Step } from "./history.ts";
import { tellInspections } from "./inspections.ts";
import { writeLetters } from "./letters.ts";
import { press } from "./pressure.ts";
import { tellSettled } from "./settled.ts";
import { tellSpending } from "./spending.ts";
import { tell } from "./stories.ts";

const ANY_DIGEST = new Uint8Array(32);
const PRESSURE = 0.025;
const STORY = 0.08;
const LETTERS = 0.06;
const INSPECTIONS = 0.07;
const LABELS = 0.04;
const SETTLED = 0.04;
const SPENDING = 0.08;

export function makeCase(seed: number): Case {
  const random = seeded(seed);
  if (random.chance(STORY)) return tell(random, stepper);
  if (random.chance(LETTERS)) return writeLetters(random, stepper);
  if (random.chance(INSPECTIONS)) return tellInspections(random, stepper);
  if (random.chance(LABELS)) return tellLabels(random, stepper);
  if (random.chance(SETTLED)) return tellSettled(random, stepper);
  if (random.chance(SPENDING)) return tellSpending(random, stepper);
  if (random.chance(PRESSURE)) return press(random, stepper);
  const contract = makeContract(random);
  const author = narrate(contract, random, stepper(contract));
  const count = 1 + random.below(random.chance(0.8) ? 12 : 40);
  for (let i = 0; i < count; i += 1) author.any();
  return { contract, events: author.events() };
}

/** Sends events through the reference interpreter, keeping state and the digests asked for. */
export function stepper(contract: Contract): Step {
  let state = emptyState();
  const asked = new Map<string, string>();
  return (event): RefDecision => {
    const answer = interpret(contract, ANY_DIGEST, encode(event, asked), state);
    state = answer.state;
    for (const { rule, digest } of answer.decision.approvals) asked.set(rule, digest);
    return answer.decision;
  };
}
