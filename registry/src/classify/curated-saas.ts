/** Rows for Kubernetes, GitHub, Slack and Stripe. What a row is: curated.ts. */

import type { CuratedRows } from "./curated-rows.ts";

export const SAAS_ROWS: CuratedRows = {
  "kubernetes:core/": [
    "CRITICAL read secret,data | returns secrets in plain text | secrets/get secrets/list secrets/watch",
    "CRITICAL write credential,privesc | mints a token of a service account | serviceaccounts/token/create",
    "DESTRUCTIVE execute exec,dynamic,privesc | opens a shell, tunnel or proxy into a container | pods/exec/create pods/exec/get pods/attach/create pods/attach/get pods/portforward/create pods/portforward/get pods/proxy/create pods/proxy/get pods/ephemeralcontainers/patch pods/ephemeralcontainers/update services/proxy/create services/proxy/get",
    "CRITICAL execute exec,dynamic,privesc | reaches every pod of the node past the API's checks | nodes/proxy/create nodes/proxy/get",
    "WRITE write exec | starts containers under an account of the cluster | pods/create replicationcontrollers/create",
    "DESTRUCTIVE write - | work is moved off or stops | pods/eviction/create nodes/update nodes/patch",
    "DESTRUCTIVE write privesc | acts as another | serviceaccounts/impersonate users/impersonate groups/impersonate",
    "DESTRUCTIVE delete - | a pod is started again by what made it | pods/delete pods/deletecollection",
    "DESTRUCTIVE write data | lets a claim go or take another disk | persistentvolumes/update persistentvolumes/patch",
    "READ read data | reads what containers print | pods/log/get",
  ],
  "kubernetes:authentication.k8s.io/": [
    "READ read - | asks whether a token holds | tokenreviews/create",
    "READ read - | says who is calling | selfsubjectreviews/create",
  ],
  "kubernetes:authorization.k8s.io/": [
    "READ read - | asks what somebody may do | subjectaccessreviews/create selfsubjectaccessreviews/create selfsubjectrulesreviews/create localsubjectaccessreviews/create",
  ],
  "kubernetes:certificates.k8s.io/": [
    "CRITICAL write credential,privesc | the certificate signs in as whoever it names | certificatesigningrequests/approval/update certificatesigningrequests/approval/patch signers/approve signers/sign",
  ],
  "kubernetes:apps/": [
    "WRITE write exec | starts containers under an account of the cluster | deployments/create daemonsets/create statefulsets/create replicasets/create",
    "DESTRUCTIVE write exec | other containers run in its place | deployments/update deployments/patch daemonsets/update daemonsets/patch statefulsets/update statefulsets/patch",
    "DESTRUCTIVE write - | to nought is off | deployments/scale/update deployments/scale/patch statefulsets/scale/update statefulsets/scale/patch",
  ],
  "kubernetes:batch/": [
    "WRITE write exec | starts containers under an account of the cluster | jobs/create cronjobs/create",
  ],
  "kubernetes:networking.k8s.io/": [
    "DESTRUCTIVE write exposure | opens or closes the network to others | networkpolicies/create networkpolicies/update networkpolicies/patch networkpolicies/delete networkpolicies/deletecollection ingresses/create ingresses/update ingresses/patch",
  ],
  "github:repos/": [
    "CRITICAL delete irreversible,data | deletes the repository with its issues, wiki and forks' parent | delete",
    "DESTRUCTIVE write exposure | can make it public, archive it or switch its guards off | update transfer",
    "DESTRUCTIVE write credential,exposure | plants a key that can push | create-deploy-key",
    "DESTRUCTIVE delete credential | what uses the key stops | delete-deploy-key",
    "DESTRUCTIVE write exposure | sends what happens elsewhere | create-webhook update-webhook update-webhook-config-for-repo",
    "DESTRUCTIVE write exposure | a guard is off | update-branch-protection delete-branch-protection update-repo-ruleset delete-repo-ruleset",
    "READ read data | reads code | get-content download-tarball-archive download-zipball-archive",
    "WRITE write exposure | makes a copy | create-fork",
    "DESTRUCTIVE write exposure | makes a site of it | create-pages-site",
  ],
  "github:orgs/": [
    "CRITICAL delete irreversible,data | deletes the organization and all its repositories | delete",
    "DESTRUCTIVE write privesc | changes what every member may do | update",
    "DESTRUCTIVE write exposure | sends what happens elsewhere | create-webhook update-webhook update-webhook-config-for-org",
    "DESTRUCTIVE write privesc | changes who belongs to it | create-invitation set-membership-for-user remove-member remove-membership-for-user convert-member-to-outside-collaborator add-security-manager-team assign-team-to-org-role assign-user-to-org-role review-pat-grant-request review-pat-grant-requests-in-bulk update-pat-access update-pat-accesses",
  ],
  "github:teams/": [
    "DESTRUCTIVE write privesc | changes who belongs to it or what it may do | add-or-update-membership-for-user-in-org add-or-update-repo-permissions-in-org remove-membership-for-user-in-org",
  ],
  "github:users/": [
    "DESTRUCTIVE write credential,privesc | plants a key that signs in as the user | create-public-ssh-key-for-authenticated-user create-ssh-signing-key-for-authenticated-user create-gpg-key-for-authenticated-user",
    "READ read - | public halves only | list-ssh-signing-keys-for-authenticated-user get-ssh-signing-key-for-authenticated-user list-ssh-signing-keys-for-user",
    "WRITE delete - | a link in the profile | delete-social-account-for-authenticated-user",
    "WRITE write - | harmless | follow unfollow block unblock",
  ],
  "github:apps/": [
    "CRITICAL write credential | returns a token | create-installation-access-token reset-token scope-token create-from-manifest",
    "READ read credential | says whether a token holds | check-token",
  ],
  "github:actions/": [
    "WRITE write secret | overwrites a secret, which nobody can read back | create-or-update-repo-secret create-or-update-org-secret create-or-update-environment-secret",
    "WRITE execute exec | runs a workflow with its secrets | create-workflow-dispatch re-run-workflow re-run-workflow-failed-jobs re-run-job-for-workflow-run approve-workflow-run",
    "CRITICAL write credential | returns a token that joins a runner | create-registration-token-for-org create-registration-token-for-repo generate-runner-jitconfig-for-org generate-runner-jitconfig-for-repo",
    "DESTRUCTIVE write privesc | changes what workflows may do | set-github-actions-permissions-organization set-github-actions-permissions-repository set-allowed-actions-organization set-allowed-actions-repository set-github-actions-default-workflow-permissions-organization set-github-actions-default-workflow-permissions-repository set-workflow-access-to-repository",
  ],
  "github:git/": [
    "DESTRUCTIVE write data | a forced update drops commits | update-ref",
    "DESTRUCTIVE delete data | deletes a branch or tag | delete-ref",
  ],
  "github:pulls/": ["WRITE write - | merges | merge"],
  "github:activity/": [
    "WRITE delete - | a marker of the caller's own | mark-thread-as-done unstar-repo-for-authenticated-user delete-repo-subscription delete-thread-subscription",
  ],
  "github:gists/": ["WRITE write - | a marker of the caller's own | star unstar fork"],
  "github:enterprise-team-organizations/": ["DESTRUCTIVE delete privesc | a team loses an organization | delete"],
  "github:secret-scanning/": ["DESTRUCTIVE write secret | lets a secret be pushed | create-push-protection-bypass"],
  "github:meta/": ["READ read - | reads | root get get-octocat get-zen get-all-versions"],
  "slack:search.": ["READ read data | searches what the user can see | all files messages"],
  "slack:conversations.": [
    "READ read data | reads messages | history replies",
    "READ read - | says who is in it | members",
    "WRITE write - | a marker of the caller's own | mark open close join leave",
    "DESTRUCTIVE write exposure | lets people of other companies in | inviteShared acceptSharedInvite approveSharedInvite externalInvitePermissions.set requestSharedInvite.approve",
    "DESTRUCTIVE write - | nobody can post any more | archive",
  ],
  "slack:chat.": [
    "DESTRUCTIVE delete irreversible,data | deletes a message | delete",
    "WRITE write irreversible | what is sent is read | postMessage postEphemeral meMessage scheduleMessage startStream appendStream",
    "WRITE delete - | takes back what was not sent | deleteScheduledMessage",
    "WRITE write - | ends a message that was being written | stopStream",
  ],
  "slack:files.": [
    "DESTRUCTIVE write exposure | anyone with the address can read it | sharedPublicURL",
    "WRITE write - | an address is taken back | revokePublicURL",
    "CRITICAL delete irreversible,data | deletes a file | delete",
  ],
  "slack:oauth.": ["CRITICAL write credential | returns a token | access v2.access v2.exchange"],
  "slack:openid.": [
    "CRITICAL write credential | returns a token | connect.token",
    "READ read - | says who is signed in | connect.userInfo",
  ],
  "slack:auth.": ["DESTRUCTIVE write credential | what uses the token stops | revoke"],
  "slack:apps.": [
    "CRITICAL read credential | returns an address that receives every event | connections.open",
    "DESTRUCTIVE write exposure | changes what the app may do | manifest.update user.connection.update",
  ],
  "slack:rtm.": ["CRITICAL read credential,data | returns an address that receives every event | connect"],
  "slack:admin.": [
    "DESTRUCTIVE write privesc | changes who rules | users.setAdmin users.setOwner users.setRegular roles.addAssignments roles.removeAssignments users.assign users.invite",
    "DESTRUCTIVE write - | people are signed out or locked out | users.remove users.session.reset users.session.resetBulk users.session.invalidate users.session.clearSettings",
    "CRITICAL delete irreversible,data | deletes channels and what was said in them | conversations.delete conversations.bulkDelete",
    "DESTRUCTIVE write exposure | others can read it | conversations.convertToPublic conversations.setTeams conversations.restrictAccess.addGroup",
    "DESTRUCTIVE write irreversible,data | older messages are deleted | conversations.setCustomRetention",
    "DESTRUCTIVE write privesc | lets an app in | apps.approve",
    "READ read data,audit | reads | analytics.getFile",
  ],
  "slack:usergroups.": ["DESTRUCTIVE write - | nobody is reached by it | disable"],
  "slack:users.": [
    "READ read - | reads | conversations identity",
    "WRITE delete - | the caller's own picture | deletePhoto",
  ],
  "slack:migration.": ["READ read - | translates user ids | exchange"],
  "slack:team.": ["READ read audit | reads | accessLogs billableInfo integrationLogs"],
  "slack:api.": ["READ read - | answers | test"],
  "stripe:refunds.": ["DESTRUCTIVE write payment,irreversible | money goes back and cannot be fetched | create"],
  "stripe:charges.": ["DESTRUCTIVE write payment | takes money | create capture"],
  "stripe:paymentIntents.": [
    "DESTRUCTIVE write payment | takes money, or can when it is confirmed at once | create confirm capture incrementAuthorization applyCustomerBalance verifyMicrodeposits",
    "WRITE write payment | ends a payment that was not taken | cancel",
  ],
  "stripe:setupIntents.": ["WRITE write payment | keeps a way to pay | create confirm"],
  "stripe:payouts.": ["DESTRUCTIVE write payment,irreversible | money leaves the account | create reverse"],
  "stripe:transfers.": [
    "DESTRUCTIVE write payment,irreversible | money goes to another account | create createReversal",
  ],
  "stripe:topups.": ["DESTRUCTIVE write payment | takes money from the bank | create"],
  "stripe:invoices.": [
    "DESTRUCTIVE write payment,irreversible | takes money, or gives up a claim | pay voidInvoice markUncollectible",
    "WRITE write payment,irreversible | what is sent is read | finalizeInvoice sendInvoice",
    "WRITE delete - | a draft only | del",
  ],
  "stripe:customers.": [
    "CRITICAL delete irreversible,data | deletes the customer and ends every subscription | del",
    "DESTRUCTIVE write payment | gives or takes credit | createBalanceTransaction createFundingInstructions",
  ],
  "stripe:subscriptions.": [
    "DESTRUCTIVE write payment,irreversible | ends what the customer pays for | cancel",
    "DESTRUCTIVE write payment | starts or changes what is paid | create update resume",
  ],
  "stripe:accounts.": [
    "CRITICAL delete irreversible,data | deletes a connected account | del",
    "DESTRUCTIVE delete payment | payouts lose their bank | deleteExternalAccount",
  ],
  "stripe:ephemeralKeys.": ["CRITICAL write credential | returns a key to a customer's data | create"],
  "stripe:accountSessions.": ["CRITICAL write credential | returns a secret that acts for the account | create"],
  "stripe:customerSessions.": ["CRITICAL write credential | returns a secret that acts for the customer | create"],
  "stripe:apps.": ["CRITICAL read secret | returns a secret | secrets.find"],
  "stripe:tokens.": [
    "WRITE write payment | turns card details into a single-use mark | create",
    "READ read payment | reads a single-use mark | retrieve",
  ],
  "stripe:confirmationTokens.": ["READ read payment | reads a single-use mark | retrieve"],
  "stripe:webhookEndpoints.": ["DESTRUCTIVE write exposure | sends what happens elsewhere | create update"],
  "stripe:disputes.": ["DESTRUCTIVE write payment,irreversible | gives the dispute up | close"],
  "stripe:creditNotes.": [
    "DESTRUCTIVE write payment,irreversible | gives money or credit back | create voidCreditNote",
  ],
  "stripe:issuing.": [
    "DESTRUCTIVE write payment | a card that spends, or a payment that is let through | cards.create cards.update authorizations.approve",
  ],
  "stripe:oauth.": ["CRITICAL write credential | returns the keys of another account | token"],
  "stripe:treasury.": [
    "DESTRUCTIVE write payment,irreversible | money leaves the account | outboundPayments.create outboundTransfers.create inboundTransfers.create",
  ],
};
