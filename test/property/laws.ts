/** All laws of today's statements, in order. */
import type { Law } from "./law.ts";
import { ACTIONS } from "./laws/actions.ts";
import { AGENTS } from "./laws/agents.ts";
import { APPROVALS } from "./laws/approvals.ts";
import { BOUNDED } from "./laws/bounded.ts";
import { BUDGETS } from "./laws/budgets.ts";
import { CANONICAL } from "./laws/canonical.ts";
import { CHAIN_READ } from "./laws/chain-read.ts";
import { COMMANDS } from "./laws/commands.ts";
import { COMPUTED } from "./laws/computed.ts";
import { DEFAULT_DENY } from "./laws/default-deny.ts";
import { DELEGATED_LEDGERS } from "./laws/delegated-ledgers.ts";
import { DELEGATION } from "./laws/delegation.ts";
import { EVIDENCE } from "./laws/evidence.ts";
import { FLOWS } from "./laws/flows.ts";
import { FORGETTING } from "./laws/forgetting.ts";
import { GROUNDING } from "./laws/grounding.ts";
import { INSPECTIONS } from "./laws/inspections.ts";
import { LEDGER_LAWS } from "./laws/ledgers.ts";
import { LOOPS } from "./laws/loops.ts";
import { MAPS } from "./laws/maps.ts";
import { MERGING } from "./laws/merging.ts";
import { NARROWING } from "./laws/narrowing.ts";
import { OBLIGATIONS } from "./laws/obligations.ts";
import { OBSERVING } from "./laws/observing.ts";
import { ORDER } from "./laws/order.ts";
import { ORIGINS } from "./laws/origins.ts";
import { REPEATABLE } from "./laws/repeatable.ts";
import { SQL } from "./laws/sql.ts";
import { TOOL_LAWS } from "./laws/tools.ts";
import { TOUCHED } from "./laws/touched.ts";
import { UNIONS } from "./laws/unions.ts";
import { UNKNOWN_DENIES } from "./laws/unknown.ts";
import { UNKNOWN_BY_POSITION } from "./laws/unknown-by-position.ts";
import { VALIDITY } from "./laws/validity.ts";

export const LAWS: readonly Law[] = [
  ...DEFAULT_DENY,
  ...AGENTS,
  ...ORDER,
  ...NARROWING,
  ...UNKNOWN_BY_POSITION,
  ...UNKNOWN_DENIES,
  ...EVIDENCE,
  ...APPROVALS,
  ...DELEGATION,
  ...CHAIN_READ,
  ...OBLIGATIONS,
  ...MERGING,
  ...BUDGETS,
  ...LEDGER_LAWS,
  ...DELEGATED_LEDGERS,
  ...LOOPS,
  ...REPEATABLE,
  ...BOUNDED,
  ...CANONICAL,
  ...COMMANDS,
  ...GROUNDING,
  ...ORIGINS,
  ...FORGETTING,
  ...FLOWS,
  ...INSPECTIONS,
  ...ACTIONS,
  ...TOUCHED,
  ...COMPUTED,
  ...MAPS,
  ...UNIONS,
  ...TOOL_LAWS,
  ...SQL,
  ...OBSERVING,
  ...VALIDITY,
];
