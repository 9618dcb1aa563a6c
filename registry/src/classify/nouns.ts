/**
 * What a thing is: light (made again in a minute), stateful (its deletion loses data or a place that others rely on),
 * credential, and so on. Words are glued singulars (`dbinstance`), matched against the ending of an object.
 *
 * A noun is listed for every provider only where it means the same everywhere; what is stateful in some services alone
 * (an `instance` of a database) is in STATEFUL_IN.
 */

import { singular } from "./words.ts";

function nouns(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).map(singular));
}

export const LIGHT =
  nouns(`tag label comment reaction bookmark favorite favourite draft annotation note star pin reminder dashboard
  widget savedquery savedsearch savedview namedquery querydefinition tagbinding tagkey tagvalue resourcetag view topicrule
  thread unread threadsubscription watch hint suggestion emoji messagetemplate emailtemplate todo message tagoption
  quickconnect placementgroup savedreport column milestone assignee sticker metadata defaultmessage testcase`);

/** Deleting one of these loses data, or a name and endpoint others depend on and nobody can make again. */
export const STATEFUL =
  nouns(`bucket database db table keyspace collection datastore datalake warehouse filesystem fileshare
  volume disk snapshot backup backupvault recoverypoint vault archive keyring masterkey cryptokey hsm cluster dbinstance dbcluster
  dbsnapshot globalcluster replicationgroup cachecluster userpool identitypool hostedzone managedzone dnszone privatednszone
  repository repo registry project account organization resourcegroup tenant stack stackset instancegroup ledger
  filecache storagepool storageaccount storagebox databaseaccount managedcluster namespace persistentvolume
  persistentvolumeclaim customresourcedefinition crd domain dataset datawarehouse objectversion blobversion statemachinehistory
  workspace directory keyvault secret managedhsm recoveryvault federatedcluster searchindex lake cloudvmcluster
  exadatainfrastructure autonomousdatabase dbsystem vectorbucket vectorindex eventstore featurestore featuregroup
  knowledgebase elasticpool capacitypool savepoint indexedstore servicenamespace customerkey cmk codebase
  environmentbackup backupplanset tablebucket bucketobjectset backuprun imagestream `);

/** Stateful in these services only. */
const STATEFUL_IN_TEXT: Readonly<Record<string, string>> = {
  "aws:rds": "instance",
  "aws:kms": "key keymaterial",
  "aws:cloudhsm": "cluster",
  "aws:ec2": "instance image",
  "aws:lightsail": "instance relationaldatabase disk",
  "aws:kinesis": "stream",
  "aws:kafka": "topic",
  "aws:dax": "cluster",
  "aws:timestream": "table",
  "aws:route53": "hostedzone",
  "aws:logs": "loggroup",
  "aws:s3tables": "tablebucket",
  "aws:glacier": "archive",
  "aws:qldb": "ledger",
  "aws:managedblockchain": "node network",
  "aws:codecommit": "branch",
  "aws:chime": "appinstance",
  "aws:ds": "directory",
  "aws:es": "domain",
  "aws:opensearch": "domain",
  "aws:aoss": "collection index",
  "aws:connect": "instance",
  "gcp:sql": "instance",
  "gcp:cloudsql": "instance",
  "gcp:spanner": "instance",
  "gcp:bigtable": "instance",
  "gcp:redis": "instance",
  "gcp:memcache": "instance",
  "gcp:memorystore": "instance",
  "gcp:file": "instance share",
  "gcp:alloydb": "instance",
  "gcp:looker": "instance",
  "gcp:compute": "instance image",
  "gcp:datafusion": "instance",
  "gcp:netapp": "storagepool",
  "gcp:logging": "bucket",
  "gcp:healthcare": "fhirstore dicomstore hl7v2store consentstore",
  "gcp:firebase": "link",
  "gcp:notebooks": "instance",
  "gcp:workstations": "workstation",
  "azure:microsoft.storage": "container share queue storageaccount immutabilitypolicy",
  "azure:microsoft.documentdb": "container graph mongodbdatabase sqldatabase cassandrakeyspace gremlindatabase",
  "azure:microsoft.sql": "server managedinstance managedbackup longtermretentionbackup",
  "azure:microsoft.sqlvirtualmachine": "sqlvirtualmachine",
  "azure:microsoft.dbforpostgresql": "server flexibleserver servergroup servergroupsv2",
  "azure:microsoft.dbformysql": "server flexibleserver",
  "azure:microsoft.dbformariadb": "server",
  "azure:microsoft.cache": "redis redisenterprise",
  "azure:microsoft.keyvault": "key certificate storage",
  "azure:microsoft.recoveryservices": "protecteditem vault",
  "azure:microsoft.dataprotection": "backupinstance backupvault",
  "azure:microsoft.search": "searchservice index",
  "azure:microsoft.kusto": "cluster",
  "azure:microsoft.synapse": "sqlpool",
  "azure:microsoft.netapp": "netappaccount",
  "azure:microsoft.containerservice": "managedcluster fleet",
  "azure:microsoft.management": "managementgroup",
  "azure:microsoft.eventhub": "eventhub",
  "azure:microsoft.cognitiveservices": "account",
  "azure:microsoft.app": "managedenvironment",
  "github:orgs": "org",
  "github:codespaces": "codespace",
  "github:packages": "package packageversion",
  "github:repos": "environment",
};

const STATEFUL_IN: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(STATEFUL_IN_TEXT).map(([service, text]) => [service, nouns(text)]),
);

/** Nouns of STATEFUL that hold nothing in these services (a cluster of ECS is a name for a group of tasks). */
const EMPTY_IN_TEXT: Readonly<Record<string, string>> = {
  "aws:ecs": "cluster",
  "aws:resource-groups": "group",
  "aws:servicediscovery": "namespace",
  "aws:elasticloadbalancing": "domain",
  "aws:cloudfront": "domain",
  "aws:apigateway": "domain",
  "aws:appsync": "domain",
  "aws:ses": "domain",
  "aws:amplify": "domain",
  "aws:codebuild": "project",
  "aws:rekognition": "project",
  "aws:iotsitewise": "project dashboard",
  "aws:cognito-idp": "domain",
  "aws:glue": "registry",
  "aws:evidently": "project",
  "aws:databrew": "project dataset",
  "aws:schemas": "registry",
  "aws:appstream": "stack",
  "azure:microsoft.datafactory": "dataset table",
  "gcp:dataproc": "cluster",
  "azure:microsoft.web": "domain",
  "azure:microsoft.devtestlab": "account",
};

/** Ends like something stateful and is only a rule, a reference or an account's name. */
const NOT_STATEFUL =
  /(?:routetable|policytable|routingtable|lookuptable|multicastdomain|backendbucket|targetinstance|reservedinstance|accessinstance|serviceaccount|adminaccount|isolationdomain|usersubscription|maildomain|enabledbaseline|backenddatabase|devicesecret|appstack|iptable)$/;

const EMPTY_IN: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(EMPTY_IN_TEXT).map(([service, text]) => [service, nouns(text)]),
);

export function isOnlyNamedSo(glued: string): boolean {
  return NOT_STATEFUL.test(glued);
}

export function isStateful(service: string, ending: string): boolean {
  if (EMPTY_IN.get(service)?.has(ending)) return false;
  return STATEFUL.has(ending) || (STATEFUL_IN.get(service)?.has(ending) ?? false);
}

/** An object that *is* a credential (glued, singular), by its ending. */
export const CREDENTIAL =
  /(?:token|credential|password|passwd|passphrase|apikey|accesskey|secretkey|sharedkey|privatekey|adminkey|querykey|authkey|storageaccountkey|connectionkey|securitykey|kubeconfig|presignedurl|signedurl|sasurl|sasuri|accountsas|servicesas|containersas|connectionstring|callbackurl|authorizationcode|keypair|keypairvalue|delegationkey|servicekey|clientsecret|sharedaccesssignature|hmackey|jwt|bearer|embedurl|loginurl|signinurl|accesscode|sshkeypair|loginprofile|publishingprofile|ssotoken|ssouri|ssourl|ssorequest|accesslink|activationkey|installkey|ingestionkey|registrationkey|keystring|ikesa|fullurl)$/;

/** Ends like a credential and is none: policies, statistics and counters about credentials, handshakes, page cursors. */
export const NOT_A_CREDENTIAL =
  /(?:changetoken|validationtoken|consistencytoken|statetoken|tokenvault|tokenbalance|counttoken|pagetoken|nexttoken|verificationtoken|credentialprovider|accountpassword|idempotencytoken|synctoken|taskresponsetoken|nonfungibletoken|randompassword|samplesignedurl|customsignedurl|uploadtoken)$/;

/** An object whose reading gives away a secret. */
export const SECRET = /(?:secret|secretvalue|secretsvalue|securestring|userdatasecret)$/;
