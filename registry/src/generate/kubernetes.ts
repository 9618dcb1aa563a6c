/**
 * The Kubernetes part of the catalogue: verb × resource, as RBAC names them.
 *
 * `kubernetes:GROUP/RESOURCE[/SUBRESOURCE]/VERB`, the core group written `core`. Curated, because a cluster's own
 * resources are not the same everywhere: these are those of a plain cluster.
 */

import type { Signal } from "../action.ts";

export interface NamedAction {
  readonly name: string;
  readonly signal: Signal;
}

const ALL = "get list watch create update patch delete deletecollection";
const KEEP = "get list watch";

/** `resource: verbs`, one line each, a group's own block. */
const GROUPS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  core: {
    bindings: "create",
    componentstatuses: "get list",
    configmaps: ALL,
    endpoints: ALL,
    events: ALL,
    groups: "impersonate",
    limitranges: ALL,
    namespaces: ALL.replace(" deletecollection", ""),
    "namespaces/finalize": "update",
    "namespaces/status": "get update patch",
    nodes: ALL,
    "nodes/metrics": "get",
    "nodes/proxy": "get create",
    "nodes/stats": "get",
    "nodes/status": "get update patch",
    persistentvolumeclaims: ALL,
    "persistentvolumeclaims/status": "get update patch",
    persistentvolumes: ALL,
    "persistentvolumes/status": "get update patch",
    pods: ALL,
    "pods/attach": "get create",
    "pods/binding": "create",
    "pods/ephemeralcontainers": "get update patch",
    "pods/eviction": "create",
    "pods/exec": "get create",
    "pods/log": "get",
    "pods/portforward": "get create",
    "pods/proxy": "get create",
    "pods/resize": "get update patch",
    "pods/status": "get update patch",
    podtemplates: ALL,
    replicationcontrollers: ALL,
    "replicationcontrollers/scale": "get update patch",
    resourcequotas: ALL,
    secrets: ALL,
    serviceaccounts: `${ALL} impersonate`,
    "serviceaccounts/token": "create",
    services: ALL,
    "services/proxy": "get create",
    "services/status": "get update patch",
    users: "impersonate",
  },
  "admissionregistration.k8s.io": {
    mutatingwebhookconfigurations: ALL,
    validatingadmissionpolicies: ALL,
    validatingadmissionpolicybindings: ALL,
    validatingwebhookconfigurations: ALL,
  },
  "apiextensions.k8s.io": { customresourcedefinitions: ALL, "customresourcedefinitions/status": "get update patch" },
  "apiregistration.k8s.io": { apiservices: ALL },
  apps: {
    controllerrevisions: ALL,
    daemonsets: ALL,
    "daemonsets/status": "get update patch",
    deployments: ALL,
    "deployments/scale": "get update patch",
    "deployments/status": "get update patch",
    replicasets: ALL,
    "replicasets/scale": "get update patch",
    statefulsets: ALL,
    "statefulsets/scale": "get update patch",
    "statefulsets/status": "get update patch",
  },
  "authentication.k8s.io": { selfsubjectreviews: "create", tokenreviews: "create" },
  "authorization.k8s.io": {
    localsubjectaccessreviews: "create",
    selfsubjectaccessreviews: "create",
    selfsubjectrulesreviews: "create",
    subjectaccessreviews: "create",
  },
  autoscaling: { horizontalpodautoscalers: ALL, "horizontalpodautoscalers/status": "get update patch" },
  batch: { cronjobs: ALL, "cronjobs/status": "get update patch", jobs: ALL, "jobs/status": "get update patch" },
  "certificates.k8s.io": {
    certificatesigningrequests: ALL,
    "certificatesigningrequests/approval": "get update patch",
    "certificatesigningrequests/status": "get update patch",
    signers: "approve sign",
  },
  "coordination.k8s.io": { leases: ALL },
  "discovery.k8s.io": { endpointslices: ALL },
  "events.k8s.io": { events: ALL },
  "flowcontrol.apiserver.k8s.io": { flowschemas: ALL, prioritylevelconfigurations: ALL },
  "gateway.networking.k8s.io": { gatewayclasses: ALL, gateways: ALL, httproutes: ALL },
  "metrics.k8s.io": { nodes: KEEP, pods: KEEP },
  "networking.k8s.io": {
    ingressclasses: ALL,
    ingresses: ALL,
    "ingresses/status": "get update patch",
    networkpolicies: ALL,
  },
  "node.k8s.io": { runtimeclasses: ALL },
  policy: { poddisruptionbudgets: ALL },
  "rbac.authorization.k8s.io": {
    clusterrolebindings: ALL,
    clusterroles: `${ALL} bind escalate`,
    rolebindings: ALL,
    roles: `${ALL} bind escalate`,
  },
  "scheduling.k8s.io": { priorityclasses: ALL },
  "snapshot.storage.k8s.io": { volumesnapshotclasses: ALL, volumesnapshotcontents: ALL, volumesnapshots: ALL },
  "storage.k8s.io": { csidrivers: ALL, csinodes: ALL, storageclasses: ALL, volumeattachments: ALL },
};

export function kubernetesActions(): readonly NamedAction[] {
  return Object.entries(GROUPS).flatMap(([group, resources]) =>
    Object.entries(resources).flatMap(([resource, verbs]) =>
      verbs.split(" ").map((verb) => ({ name: `kubernetes:${group}/${resource}/${verb}`, signal: "-" as const })),
    ),
  );
}
