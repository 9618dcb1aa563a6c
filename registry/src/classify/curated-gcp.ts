/** Rows for Google Cloud. What a row is: curated.ts. */

import type { CuratedRows } from "./curated-rows.ts";

export const GCP_ROWS: CuratedRows = {
  "gcp:bigquery.": [
    "CRITICAL execute dynamic,data,exec | a job runs any SQL, loads or exports any table | jobs.create",
    "READ read data | reads rows | tables.getData readsessions.getData",
    "DESTRUCTIVE write data,dynamic | DML may delete every row | tables.updateData",
    "DESTRUCTIVE read data,exposure | copies a table out | tables.export",
    "CRITICAL delete irreversible,data | deletes a table or dataset | tables.delete datasets.delete",
    "DESTRUCTIVE read exposure,data | acts with the connection's identity | connections.delegate connections.use",
  ],
  "gcp:iam.": [
    "CRITICAL write credential,privesc | mints a long-lived key of a service account | serviceAccountKeys.create serviceAccountApiKeyBindings.create",
    "CRITICAL write credential,privesc | mints a token of a service account, or signs as it | serviceAccounts.getAccessToken serviceAccounts.getOpenIdToken serviceAccounts.implicitDelegation serviceAccounts.signBlob serviceAccounts.signJwt",
    "DESTRUCTIVE write privesc | lets a resource act with the account's rights | serviceAccounts.actAs",
    "READ read - | public halves and metadata only | serviceAccountKeys.get serviceAccountKeys.list",
  ],
  "gcp:secretmanager.": [
    "CRITICAL read secret,data | returns the secret in plain text | versions.access",
    "READ read secret | says that a secret exists | secrets.get secrets.list versions.get versions.list",
    "CRITICAL delete secret,irreversible | the value is gone for good | versions.destroy secrets.delete",
  ],
  "gcp:storage.": [
    "CRITICAL delete irreversible,data | deletes the bucket | buckets.delete",
    "READ read data | reads stored objects | objects.get",
    "DESTRUCTIVE delete data | deletes objects; in a bucket without versions for good | objects.delete managedFolders.delete folders.delete",
    "WRITE write - | writes objects; replacing one needs objects.delete too | objects.create objects.update multipartUploads.create",
    "DESTRUCTIVE write irreversible,exposure | lifecycle, public access, retention and logging are all in it | buckets.update",
    "CRITICAL write credential | returns a key that signs requests | hmacKeys.create",
    "READ read credential | says which keys exist | hmacKeys.get hmacKeys.list",
    "DESTRUCTIVE write exposure | opens objects to others | objects.setIamPolicy buckets.setIamPolicy managedFolders.setIamPolicy",
    "CRITICAL write irreversible,data | deletes or shortens what retention protects | objects.overrideUnlockedRetention",
  ],
  "gcp:resourcemanager.": [
    "CRITICAL delete irreversible,data | everything in it goes | projects.delete folders.delete",
    "DESTRUCTIVE write privesc | changes who may do what, for all that is in it | projects.setIamPolicy folders.setIamPolicy organizations.setIamPolicy",
    "DESTRUCTIVE write privesc | other policies then apply | projects.move folders.move",
  ],
  "gcp:compute.": [
    "CRITICAL delete irreversible,data | its boot disk usually goes with it | instances.delete",
    "DESTRUCTIVE write exec,privesc | start-up scripts and SSH keys stand there | instances.setMetadata projects.setCommonInstanceMetadata",
    "DESTRUCTIVE write privesc | the machine gets another identity | instances.setServiceAccount",
    "DESTRUCTIVE execute exec,privesc | signs in to machines | instances.osLogin instances.osAdminLogin",
    "DESTRUCTIVE write exposure | opens or closes the network to others | firewalls.create firewalls.update firewallPolicies.update firewallPolicies.create securityPolicies.update networks.updatePolicy networks.addPeering networks.updatePeering instances.addAccessConfig instances.updateAccessConfig",
    "DESTRUCTIVE delete exposure | what it closed is open | firewalls.delete securityPolicies.delete firewallPolicies.delete",
    "DESTRUCTIVE write exposure | gives others images, disks or snapshots | images.setIamPolicy snapshots.setIamPolicy disks.setIamPolicy",
    "READ read data | the console may show secrets | instances.getSerialPortOutput instances.getScreenshot instances.getGuestAttributes",
    "CRITICAL delete irreversible,data | deletes disks or their copies | disks.delete snapshots.delete instantSnapshots.delete machineImages.delete",
    "DESTRUCTIVE write - | switches a guard off | instances.setDeletionProtection",
  ],
  "gcp:container.": [
    "CRITICAL read credential | returns a sign-in to the cluster | clusters.getCredentials",
    "CRITICAL write credential,privesc | mints a token of a service account | serviceAccounts.createToken",
    "CRITICAL read secret | returns the secrets of a cluster | secrets.get secrets.list",
    "DESTRUCTIVE execute exec,dynamic,privesc | opens a shell, tunnel or proxy into a container | pods.exec pods.attach pods.portForward pods.proxy nodes.proxy services.proxy",
    "DESTRUCTIVE write privesc | changes who may do what in the cluster | roles.bind roles.escalate clusterRoles.bind clusterRoles.escalate roleBindings.create roleBindings.update clusterRoleBindings.create clusterRoleBindings.update roles.create roles.update clusterRoles.create clusterRoles.update",
    "CRITICAL write privesc | acts as anyone in the cluster | hostServiceAgent.use",
    "DESTRUCTIVE delete data | what it ran stops | deployments.delete daemonSets.delete statefulSets.delete services.delete jobs.delete",
    "CRITICAL delete irreversible,data | everything in it goes | namespaces.delete persistentVolumes.delete persistentVolumeClaims.delete clusters.delete",
    "WRITE write exec | starts containers under an account of the cluster | pods.create deployments.create jobs.create cronJobs.create daemonSets.create statefulSets.create replicaSets.create",
    "DESTRUCTIVE delete - | a pod is started again by what made it | pods.delete pods.evict",
  ],
  "gcp:cloudkms.": [
    "CRITICAL delete irreversible,crypto,data | makes everything encrypted under it unreadable | cryptoKeyVersions.destroy",
    "DESTRUCTIVE read crypto,data,secret | turns ciphertext into plain text | cryptoKeyVersions.useToDecrypt cryptoKeyVersions.useToDecryptViaDelegation",
    "WRITE write crypto | uses a key | cryptoKeyVersions.useToEncrypt cryptoKeyVersions.useToEncryptViaDelegation cryptoKeyVersions.useToSign cryptoKeyVersions.useToVerify cryptoKeyVersions.restore",
    "DESTRUCTIVE write crypto | can disable the key | cryptoKeyVersions.update",
  ],
  "gcp:apikeys.": ["CRITICAL read credential | returns keys | keys.getKeyString keys.create"],
  "gcp:cloudsql.": [
    "CRITICAL execute dynamic,data,exec | runs any SQL | instances.executeSql",
    "CRITICAL execute credential,data,dynamic | signs in to the database | instances.login instances.connect",
    "CRITICAL write credential | sets a database password | users.create users.update",
    "DESTRUCTIVE write exposure,credential | can open it to the internet or end backups | instances.update",
    "DESTRUCTIVE read data,exposure | copies the database out | instances.export",
    "DESTRUCTIVE write data | overwrites the database | instances.restoreBackup instances.import",
    "CRITICAL write data,irreversible | the database's certificates or state are reset | instances.resetSslConfig",
  ],
  "gcp:spanner.": [
    "CRITICAL execute dynamic,data | a statement may drop tables | databases.updateDdl",
    "DESTRUCTIVE write data,dynamic | any DML, deletes too | databases.write databases.beginPartitionedDmlTransaction",
    "READ read data | reads rows | databases.select databases.read databases.partitionQuery databases.partitionRead databases.beginReadOnlyTransaction",
  ],
  "gcp:datastore.": [
    "DESTRUCTIVE write data | overwrites everything | databases.import",
    "DESTRUCTIVE delete data | deletes entities | entities.delete",
  ],
  "gcp:bigtable.": [
    "DESTRUCTIVE write data | changes rows, deletes too | tables.mutateRows",
    "READ read data | reads rows | tables.readRows tables.sampleRowKeys",
  ],
  "gcp:logging.": [
    "CRITICAL delete audit,irreversible | deletes logs | logs.delete buckets.delete",
    "CRITICAL delete audit | the copy of the logs ends | sinks.delete",
    "CRITICAL write audit | logs go elsewhere or are dropped | sinks.update exclusions.create exclusions.update settings.update buckets.update",
    "WRITE write - | writes log lines | logEntries.create",
    "READ read data | reads log lines | logEntries.list logEntries.download privateLogEntries.list views.access",
  ],
  "gcp:orgpolicy.": [
    "DESTRUCTIVE write privesc,exposure | lifts or sets a guard rail | policy.set policies.create policies.update policies.delete",
  ],
  "gcp:cloudbuild.": [
    "WRITE execute exec,dynamic,privesc | runs any command under the build's account | builds.create",
  ],
  "gcp:cloudfunctions.": [
    "DESTRUCTIVE write exec,privesc | other code runs under the function's account | functions.update functions.sourceCodeSet",
    "WRITE execute exec | runs a function | functions.call functions.invoke",
  ],
  "gcp:run.": [
    "DESTRUCTIVE write exec,privesc | other code runs under the service's account | services.update jobs.update",
    "WRITE execute exec | runs a service or job | routes.invoke jobs.run",
    "DESTRUCTIVE execute exec,dynamic | runs a job with other arguments | jobs.runWithOverrides",
  ],
  "gcp:deploymentmanager.": [
    "DESTRUCTIVE write dynamic,privesc | makes whatever the configuration says, as an editor | deployments.create deployments.update",
    "CRITICAL delete dynamic,irreversible | deletes everything the deployment made | deployments.delete",
  ],
  "gcp:config.": ["CRITICAL delete dynamic,irreversible | deletes everything the deployment made | deployments.delete"],
  "gcp:dataflow.": ["WRITE execute exec,privesc | runs any code under the workers' account | jobs.create"],
  "gcp:dataproc.": ["DESTRUCTIVE execute exec,dynamic | runs any code on the cluster | jobs.create clusters.use"],
  "gcp:dns.": [
    "DESTRUCTIVE write dns | names point elsewhere | resourceRecordSets.create resourceRecordSets.update resourceRecordSets.delete changes.create",
    "CRITICAL delete dns,irreversible | every name of the zone is gone | managedZones.delete",
  ],
  "gcp:billing.": [
    "CRITICAL write payment | what nobody pays for stops | accounts.close resourceAssociations.delete",
    "DESTRUCTIVE write payment | changes who pays | resourceAssociations.create accounts.updatePaymentInfo accounts.move",
  ],
  "gcp:pubsub.": [
    "WRITE write - | sends messages | topics.publish",
    "READ read data | takes messages off a subscription | subscriptions.consume",
  ],
  "gcp:serviceusage.": ["DESTRUCTIVE write - | what uses the service stops | services.disable"],
  "gcp:firebaseauth.": [
    "CRITICAL read credential | returns password hashes and sign-in keys | configs.getHashConfig configs.getSecret",
    "CRITICAL write credential | mints a session | users.createSession",
  ],
  "gcp:aiplatform.": ["WRITE execute - | runs a model | endpoints.predict endpoints.explain"],
};
