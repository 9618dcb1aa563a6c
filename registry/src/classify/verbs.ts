/**
 * What a verb does. One word belongs to one kind; a verb that is not here is unknown, and unknown is DESTRUCTIVE.
 *
 * Kinds: read · write · execute · delete (gone, but a copy may exist) · purge (gone for good) · disrupt (stops, detaches,
 * takes away). Verbs whose kind depends on the service are decided in curated rows instead.
 */

export type VerbKind = "read" | "write" | "execute" | "delete" | "purge" | "disrupt";

const WORDS: Readonly<Record<VerbKind, string>> = {
  read: `aggregate analyse analyze audit authenticate autocomplete available browse calculate capabilities check
    classify compare compute condition count describe details detect diagnose discover download effective
    enumerate estimate evaluate expand explain extract fetch filter find forecast geocode get has head health
    history identify identity infer info inquire inspect introspect is languages lint list listed listen lists
    logs logstream lookup lookups match metrics models monitor observe operations optimize partially peek ping
    poll precheck predict preflight preview probe providers query quota rank read recognize render rerank
    rescore retrieve reveal reverse sample scan search select show simulate skus snap stat stats status suggest
    summarize synthesize test trace transcribe translate troubleshoot unmonitor usage usages validate verify
    view wait watch whatif whoami`,
  write: `accept ack acknowledge acquire activate add adjust advertise allocate allow alter amend annotate
    answer append apply approval approve archive assess assign associate attach attest authorize backup begin
    bind build bundle buy cache cancel capture change charge checkin checkout checkpoint claim clone close
    collect commit complete compose configure confirm consume continue contribute convert copy create decline
    decrease define deidentify deliver deny deploy deprecate dequeue designate dispatch distribute downgrade
    draft duplicate edit emit enable encrypt end enforce enqueue enroll ensure enter establish exempt exit
    export extend federate finalize flag follow fork generate grant group heartbeat hide hold import increase
    increment index ingest initialize initiate insert install instantiate integrate invite invoice issue join
    label lease left link load lock log make manage map mark materialize meet merge meter migrate mirror modify
    mount move mutate mute nack new notify onboard open opt optin override package pass patch pay payout peer
    persist pin place populate post prefetch prepare prioritize process produce promote propose provide
    provision publish pull purchase push put rate reacquire react reactivate rebalance rebuild receive reconcile
    record recover redact redeem redeliver redeploy redrive refresh refund register reject reload rename renew
    reopen reorder repair replicate reply report reproduce request rerequest rerun reschedule resend reserve
    resize resolve respond restore resubmit resubscribe resume resync retry return revalidate review rollout
    save scale schedule seek send set setup share sign signal skip snapshot snooze split stage star store stream
    submit subscribe switch sync synchronize tag topup touch train transcode transform transition triage tune
    unarchive unassociate unblock uncordon undelete undeprecate undo unflag unfollow unfurl ungroup unhide
    unhold unlabel unlock unmark unmute unpin unreject unresolve unset unstack unstage unstar unsubscribe
    unsuspend untag update upgrade upload upsert use vend vote warmup withdrawal write`,
  execute: `call chat command completions connect control converse debug embeddings eval exec execute
    generations inference inject interact invoke launch login perform play portforward predictions proxy run
    script shell ssh start trigger`,
  delete: `batchdelete bulkdelete bulkremove decommission del delete deletecollection deprovision discard
    dispose drop forget offboard remove terminate trash undeploy uninstall unload unmount unpublish`,
  purge: `destroy erase expunge flush harddelete obliterate permanentdelete purge truncate wipe`,
  disrupt: `abort backtrack ban block cleanup clear cordon deactivate deallocate deauthorize demote deregister
    detach disable disallow disassociate disconnect dismiss dissociate drain elevate escalate evict exclude
    expire failback failover freeze hibernate impersonate interrupt invalidate isolate kick kill leave pause
    power poweroff quarantine reboot regenerate reimage release replace reset restart restrict revert revoke
    rollback rotate shrink shutdown stop suspend swap switchover takeover transfer unassign unauthorize unbind
    unenroll unlink unlist unpeer unregister unshare void withdraw`,
};

const KIND_OF: ReadonlyMap<string, VerbKind> = new Map(
  Object.entries(WORDS).flatMap(([kind, words]) => words.split(/\s+/).map((word) => [word, kind as VerbKind] as const)),
);

export function verbKind(word: string): VerbKind | undefined {
  return KIND_OF.get(word);
}

export function isVerb(word: string): boolean {
  return KIND_OF.has(word);
}
