export type {
  ApprovalRequest,
  Decision,
  DenyReason,
  Explanation,
  Hint,
  NonEmpty,
  Obligation,
  OutcomeName,
  Reason,
  RuleExplanation,
  Truth,
} from "./decision.ts";
