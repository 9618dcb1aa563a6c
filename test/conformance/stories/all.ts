/** Every vector of this repository, by the file it stands in. */
import { decisionStories } from "./decision.ts";
import { flowStories } from "./flows.ts";
import { inspectionStories } from "./inspections.ts";
import { ledgerStories } from "./ledgers.ts";
import { type ModuleVector, moduleVector } from "./module.ts";
import { requestStories } from "./request.ts";
import { stateStories } from "./state.ts";
import type { Story } from "./story.ts";

export const stories: readonly Story[] = [
  ...requestStories,
  ...decisionStories,
  ...stateStories,
  ...flowStories,
  ...ledgerStories,
  ...inspectionStories,
];

const contractOf = (name: string): string => stories.find((s) => s.name === name)!.contract;

export const modules = (): readonly { readonly name: string; readonly vector: ModuleVector }[] => [
  {
    name: "module/least",
    vector: moduleVector(
      "one tool, one rule: no history, no obligations",
      'contract "least" version "1.0.0" {\n  agent desk { id "desk" }\n  tool noop() read\n  all: allow noop\n}\n',
    ),
  },
  { name: "module/decision", vector: moduleVector("rules of every kind", contractOf("decision/outcomes")) },
  {
    name: "module/inspection",
    vector: moduleVector(
      "patterns that end in one state, classes that are left out",
      'contract "looks" version "1.0.0" {\n  agent desk { id "desk" }\n  tool note(text: Text) write\n  all: allow note\n  keys: inspect args of note for secrets(github_token, slack_token) >= high then deny\n  mail: inspect args of note for pii(email) >= low then warn\n}\n',
    ),
  },
  { name: "module/grounding", vector: moduleVector("classes, a source, echoes", contractOf("state/grounding")) },
];
