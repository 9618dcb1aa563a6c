/** The shelf: rulesets and inspectors, as data. Nothing here decides; whoever checks a contract hands them in. */
import type { Inspector } from "./inspectors/inspector.ts";
import { pii } from "./inspectors/pii.ts";
import { promptInjection } from "./inspectors/prompt-injection.ts";
import { secrets } from "./inspectors/secrets.ts";
import { sqlInjection } from "./inspectors/sql-injection.ts";

export type { Inspector, Pattern, Run } from "./inspectors/inspector.ts";
export { RULESETS } from "./rulesets.gen.ts";
/** By name. */
export const INSPECTORS: readonly Inspector[] = [pii, promptInjection, secrets, sqlInjection];
