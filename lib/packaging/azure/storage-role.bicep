// Storage Blob Data Contributor on the one container where resets are allowed, else Storage Blob Data Reader.
param accountName string
param containerName string
param principalId string
param allowResets bool

var contributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
var reader = '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: accountName

  resource service 'blobServices' existing = {
    name: 'default'

    resource container 'containers' existing = {
      name: containerName
    }
  }
}

resource role 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account::service::container.id, principalId, allowResets ? contributor : reader)
  scope: account::service::container
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', allowResets ? contributor : reader)
  }
}
