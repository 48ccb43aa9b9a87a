param name string
param topicName string
param location string
param tags { *: string }
param appPrincipalId string
param userPrincipalId string
param userPrincipalType string

// core/Abstractions/Storage/Containers.cs says what each is for; a test compares the two lists.
var containers = [
  'audio-uploads'
  'dataset-uploads'
  'recordings'
  'audio'
  'collections'
  'datasets'
  'trials'
  'baselines'
  'sweeps'
  'open-sweeps'
  'rejected'
]

// The Functions host asks for Blob Data Owner on its own account (leases, keys); queues carry blob triggers,
// tables the host's diagnostics and Durable on Azure Storage.
var appRoles = {
  'Storage Blob Data Owner': 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  'Storage Queue Data Contributor': '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  'Storage Table Data Contributor': '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
}
var blobDataContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }

  resource blobs 'blobServices' = {
    name: 'default'

    resource all 'containers' = [for container in containers: { name: container }]
  }

  resource queues 'queueServices' = { name: 'default' }

  resource tables 'tableServices' = { name: 'default' }
}

resource appAssignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in items(appRoles): {
    name: guid(account.id, 'app', role.value)
    scope: account
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
      principalId: appPrincipalId
      principalType: 'ServicePrincipal'
    }
  }
]

resource userAssignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(userPrincipalId)) {
  name: guid(account.id, userPrincipalId, blobDataContributor)
  scope: account
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobDataContributor)
    principalId: userPrincipalId
    principalType: userPrincipalType
  }
}

// Its subscriptions come after the deployment (infra/events.bicep): Event Grid asks the running app before it
// accepts an endpoint.
resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: topicName
  location: location
  tags: tags
  properties: {
    source: account.id
    topicType: 'Microsoft.Storage.StorageAccounts'
  }
}

output name string = account.name
output topicName string = topic.name
output endpoints { blob: string, queue: string, table: string } = {
  blob: account.properties.primaryEndpoints.blob
  queue: account.properties.primaryEndpoints.queue
  table: account.properties.primaryEndpoints.table
}
