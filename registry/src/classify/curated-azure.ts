/** Rows for Azure. What a row is: curated.ts. */

import type { CuratedRows } from "./curated-rows.ts";

export const AZURE_ROWS: CuratedRows = {
  "azure:Microsoft.Authorization/": [
    "CRITICAL write privesc | makes the caller administrator of every subscription | elevateAccess/action",
    "DESTRUCTIVE write privesc | changes who may do what | roleAssignments/write roleDefinitions/write roleAssignments/delete roleDefinitions/delete",
    "DESTRUCTIVE delete - | a guard against deletion is gone | locks/delete",
    "WRITE write - | a guard against deletion | locks/write",
    "DESTRUCTIVE write exposure | a guard rail is lifted | policyAssignments/delete policyExemptions/write policyAssignments/exempt/action",
  ],
  "azure:Microsoft.ManagedIdentity/": [
    "DESTRUCTIVE write privesc | lets a resource act with the identity's rights | userAssignedIdentities/assign/action",
  ],
  "azure:Microsoft.Compute/": [
    "DESTRUCTIVE delete - | the machine is gone, its disks stay | virtualMachines/delete",
    "DESTRUCTIVE write - | machines stop | virtualMachines/powerOff/action virtualMachines/deallocate/action virtualMachines/restart/action virtualMachines/redeploy/action",
    "CRITICAL write irreversible,data | the system disk starts anew | virtualMachines/reimage/action virtualMachineScaleSets/reimage/action virtualMachineScaleSets/reimageall/action virtualMachineScaleSets/virtualMachines/reimage/action",
    "DESTRUCTIVE execute exec,dynamic,privesc | runs commands on the machine as administrator | virtualMachines/runCommand/action virtualMachines/runCommands/write virtualMachines/extensions/write virtualMachineScaleSets/extensions/write virtualMachineScaleSets/virtualMachines/runCommand/action virtualMachineScaleSets/virtualMachines/runCommands/write virtualMachineScaleSets/virtualMachines/extensions/write",
    "DESTRUCTIVE execute exec,privesc | signs in to the machine | virtualMachines/login/action virtualMachines/loginAsAdmin/action",
    "CRITICAL read credential,data,exposure | returns an address to copy the disk | disks/beginGetAccess/action snapshots/beginGetAccess/action restorePointCollections/restorePoints/diskRestorePoints/beginGetAccess/action",
    "CRITICAL write credential | returns a private key | sshPublicKeys/generateKeyPair/action",
  ],
  "azure:Microsoft.Storage/": [
    "CRITICAL delete irreversible,data | every container in it goes | storageAccounts/delete",
    "CRITICAL delete irreversible,data | deletes the container | storageAccounts/blobServices/containers/delete",
    "READ read data | reads stored data | storageAccounts/blobServices/containers/blobs/read storageAccounts/fileServices/fileshares/files/read storageAccounts/queueServices/queues/messages/read storageAccounts/tableServices/tables/entities/read",
    "DESTRUCTIVE delete data | deletes stored data | storageAccounts/blobServices/containers/blobs/delete storageAccounts/fileServices/fileshares/files/delete storageAccounts/tableServices/tables/entities/delete",
    "CRITICAL delete irreversible,data | deletes for good | storageAccounts/blobServices/containers/blobs/deleteBlobVersion/action storageAccounts/blobServices/containers/blobs/permanentDelete/action",
    "WRITE delete data | how a message is taken off the queue | storageAccounts/queueServices/queues/messages/delete storageAccounts/queueServices/queues/messages/process/action",
    "DESTRUCTIVE write exposure | can open it to the internet | storageAccounts/write",
    "DESTRUCTIVE write privesc,data | changes owner and rights of stored data | storageAccounts/blobServices/containers/blobs/manageOwnership/action storageAccounts/blobServices/containers/blobs/modifyPermissions/action storageAccounts/fileServices/fileshares/files/modifypermissions/action",
    "DESTRUCTIVE write irreversible,data | a rule that expires data deletes it | storageAccounts/managementPolicies/write",
  ],
  "azure:Microsoft.KeyVault/": [
    "CRITICAL read secret,data | returns the secret in plain text | vaults/secrets/getSecret/action",
    "READ read secret | says that a secret exists | vaults/secrets/read vaults/secrets/readMetadata/action",
    "WRITE write secret | stores a new version, the old one is kept | vaults/secrets/setSecret/action vaults/secrets/write vaults/secrets/update/action vaults/secrets/recover/action vaults/secrets/restore/action",
    "CRITICAL read secret,exposure | returns a copy of it | vaults/secrets/backup/action vaults/keys/backup/action",
    "DESTRUCTIVE write privesc,exposure | changes who may read what is in it | vaults/accessPolicies/write vaults/write",
    "DESTRUCTIVE read crypto,data,secret | turns ciphertext into plain text | vaults/keys/decrypt/action vaults/keys/unwrap/action",
    "WRITE write crypto | uses a key | vaults/keys/encrypt/action vaults/keys/wrap/action vaults/keys/sign/action",
    "CRITICAL delete irreversible,crypto,data | gone for good | locations/deletedVaults/purge/action vaults/secrets/purge/action vaults/keys/purge/action vaults/certificates/purge/action",
    "CRITICAL read crypto,secret | returns the key | vaults/keys/release/action",
  ],
  "azure:Microsoft.Resources/": [
    "CRITICAL delete irreversible,data | everything in it goes | subscriptions/resourceGroups/delete",
    "WRITE write dynamic | makes whatever the template says | deployments/write subscriptions/resourcegroups/deployments/write",
    "DESTRUCTIVE write - | other rights, locks and policies then apply | subscriptions/resourceGroups/moveResources/action",
    "DESTRUCTIVE execute exec,dynamic,privesc | runs any script under an identity | deploymentScripts/write",
    "CRITICAL delete dynamic,irreversible | can delete everything the stack made | deploymentStacks/delete",
  ],
  "azure:Microsoft.Subscription/": ["CRITICAL write irreversible | ends the subscription | cancel/action"],
  "azure:Microsoft.Network/": [
    "DESTRUCTIVE write exposure | opens or closes the network to others | networkSecurityGroups/securityRules/write networkSecurityGroups/write azureFirewalls/write firewallPolicies/write firewallPolicies/ruleCollectionGroups/write virtualNetworks/virtualNetworkPeerings/write",
    "DESTRUCTIVE delete exposure | what it closed is open | networkSecurityGroups/securityRules/delete networkSecurityGroups/delete azureFirewalls/delete firewallPolicies/delete",
    "DESTRUCTIVE write data,exposure | copies traffic | networkWatchers/packetCaptures/write",
  ],
  "azure:Microsoft.Insights/": [
    "CRITICAL delete audit | the record ends | diagnosticSettings/delete",
    "DESTRUCTIVE write audit | the record may go elsewhere or end | diagnosticSettings/write",
    "DESTRUCTIVE delete audit | nobody is woken | activityLogAlerts/delete alertRules/delete metricAlerts/delete actionGroups/delete scheduledQueryRules/delete",
  ],
  "azure:Microsoft.OperationalInsights/": [
    "CRITICAL delete audit,irreversible,data | deletes logs | workspaces/delete workspaces/purge/action",
  ],
  "azure:Microsoft.Security/": [
    "CRITICAL write audit | detection can be switched off | pricings/write pricings/delete",
    "DESTRUCTIVE write audit | findings are hidden | alertsSuppressionRules/write",
  ],
  "azure:Microsoft.SecurityInsights/": [
    "CRITICAL delete audit | detection ends | onboardingStates/delete dataConnectors/delete alertRules/delete",
  ],
  "azure:Microsoft.Web/": [
    "CRITICAL read credential,secret | returns settings, connection strings or publishing passwords | sites/config/list/action sites/slots/config/list/action sites/publishxml/action sites/slots/publishxml/action sites/functions/listkeys/action sites/host/listkeys/action sites/functions/listsecrets/action staticSites/listsecrets/action staticSites/listappsettings/action sites/functions/token/read sites/config/web/connectionstrings/read sites/slots/config/web/connectionstrings/read",
    "DESTRUCTIVE execute exec,privesc | other code runs under the app's identity | sites/publish/Action sites/config/write sites/sourcecontrols/write",
    "CRITICAL write credential | returns or sets a password | sites/newpassword/action",
  ],
  "azure:Microsoft.ContainerService/": [
    "DESTRUCTIVE execute exec,dynamic,privesc | runs commands in the cluster | managedClusters/runcommand/action",
    "CRITICAL read credential,privesc | returns a sign-in to the cluster | managedClusters/listClusterAdminCredential/action managedClusters/listClusterUserCredential/action managedClusters/accessProfiles/listCredential/action",
  ],
  "azure:Microsoft.Automation/": [
    "DESTRUCTIVE execute exec,dynamic,privesc | runs code under the account's identity | automationAccounts/jobs/write automationAccounts/runbooks/write automationAccounts/runbooks/draft/write automationAccounts/runbooks/publish/action",
  ],
  "azure:Microsoft.Sql/": [
    "CRITICAL write credential,privesc | sets who is administrator of the database server | servers/administrators/write servers/azureADOnlyAuthentications/delete",
    "DESTRUCTIVE write exposure | opens the database to the network | servers/firewallRules/write",
    "DESTRUCTIVE write audit | the record may end | servers/auditingSettings/write servers/databases/auditingSettings/write servers/extendedAuditingSettings/write servers/databases/extendedAuditingSettings/write",
    "DESTRUCTIVE read data,exposure | copies the database out | servers/databases/export/action",
    "CRITICAL write irreversible,data | recent data may be lost | servers/failoverGroups/forceFailoverAllowDataLoss/action",
  ],
  "azure:Microsoft.DocumentDB/": [
    "CRITICAL read credential | returns keys to all its data | databaseAccounts/listKeys/action databaseAccounts/listConnectionStrings/action databaseAccounts/readonlykeys/action databaseAccounts/regenerateKey/action",
  ],
  "azure:Microsoft.ContainerRegistry/": [
    "CRITICAL read credential | returns a registry sign-in | registries/listCredentials/action registries/regenerateCredential/action registries/generateCredentials/action",
    "DESTRUCTIVE delete data | deletes images that may be running | registries/artifacts/delete",
    "DESTRUCTIVE execute exec,dynamic | runs any command | registries/scheduleRun/action registries/runs/write registries/tasks/write",
  ],
  "azure:Microsoft.Logic/": [
    "CRITICAL read credential | returns an address that starts the workflow | workflows/triggers/listCallbackUrl/action workflows/listCallbackUrl/action",
  ],
  "azure:Microsoft.Batch/": [
    "CRITICAL read credential | returns keys | batchAccounts/listkeys/action batchAccounts/regeneratekeys/action",
  ],
  "azure:Microsoft.RecoveryServices/": [
    "CRITICAL delete irreversible,data | backups are deleted | Vaults/backupFabrics/protectionContainers/protectedItems/delete Vaults/delete",
    "DESTRUCTIVE write data | changes when backups expire or whether they are made | Vaults/backupPolicies/write Vaults/backupPolicies/delete Vaults/backupconfig/write",
  ],
  "azure:Microsoft.Capacity/": [
    "DESTRUCTIVE write payment,irreversible | commits money for years | reservationOrders/write",
  ],
};
