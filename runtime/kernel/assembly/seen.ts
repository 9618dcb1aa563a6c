// The labels that the event at hand sees (labels.ts works them out, conditions read them).

export let seenLabels: u64 = 0;
export function setSeenLabels(labels: u64): void {
  seenLabels = labels;
}
