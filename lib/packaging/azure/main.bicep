// Tidemark on Azure Container Apps: one replica with a managed identity, its history on a volume, people signed in
// by Easy Auth. The namespace and the storage account stand there already, here or in another resource group.
targetScope = 'resourceGroup'

@description('What azd calls this environment; part of the names.')
param environmentName string
param location string = resourceGroup().location

@description('The Event Hubs namespace, and the resource group that it is in.')
param eventHubsNamespace string
param eventHubsResourceGroup string = resourceGroup().name
param eventHubName string
@description('A consumer group of the hub for the dashboard alone; left out, events are read only where nobody else reads.')
param inspectionConsumerGroup string = ''

@description('The storage account of the checkpoints, and the resource group that it is in.')
param storageAccount string
param storageResourceGroup string = resourceGroup().name
param checkpointContainer string

@description('Resets need to write blobs. With false the identity may only read.')
param allowResets bool = true

@description('The app registration that people sign in with; its app roles viewer, operator and admin are the roles.')
param signInClientId string
@secure()
param signInClientSecret string
param tenantId string = tenant().tenantId

var placeholder = 'mcr.microsoft.com/azuredocs/containerapps-helloworld:latest'
@description('Set by azd once the image is in the registry.')
param image string = ''

var suffix = uniqueString(resourceGroup().id, environmentName)
var tags = { 'azd-env-name': environmentName }
var appName = 'tidemark-${suffix}'
var config = {
  eventHubs: [
    union(
      {
        fullyQualifiedNamespace: '${eventHubsNamespace}.servicebus.windows.net'
        eventHubName: eventHubName
        checkpointStores: [
          { containerUrl: 'https://${storageAccount}.blob.${environment().suffixes.storage}/${checkpointContainer}' }
        ]
      },
      empty(inspectionConsumerGroup) ? {} : { inspectionConsumerGroup: inspectionConsumerGroup }
    )
  ]
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'tidemark-${suffix}'
  location: location
  tags: tags
}

module eventHubsRole 'event-hubs-role.bicep' = {
  name: 'tidemark-event-hubs-role'
  scope: resourceGroup(eventHubsResourceGroup)
  params: {
    namespaceName: eventHubsNamespace
    eventHubName: eventHubName
    principalId: identity.properties.principalId
  }
}

module storageRole 'storage-role.bicep' = {
  name: 'tidemark-storage-role'
  scope: resourceGroup(storageResourceGroup)
  params: {
    accountName: storageAccount
    containerName: checkpointContainer
    principalId: identity.properties.principalId
    allowResets: allowResets
  }
}

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: 'tidemark-${suffix}'
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: 30
  }
}

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' = {
  name: 'tidemark${suffix}'
  location: location
  tags: tags
  sku: { name: 'Basic' }
  properties: { adminUserEnabled: false }
}

// AcrPull, so that the app fetches its image without a password.
resource pull 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(registry.id, identity.id, 'pull')
  scope: registry
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '7f951dda-4ed3-4680-a7ca-43fe172d538d')
  }
}

resource files 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'tm${suffix}'
  location: location
  tags: tags
  kind: 'FileStorage'
  sku: { name: 'Premium_LRS' }
  properties: {
    minimumTlsVersion: 'TLS1_2'
    // NFS has no encryption of its own on the way; it is reached from the app's network alone.
    supportsHttpsTrafficOnly: false
    allowBlobPublicAccess: false
    publicNetworkAccess: 'Enabled'
    networkAcls: {
      defaultAction: 'Deny'
      virtualNetworkRules: [{ id: network.properties.subnets[0].id }]
    }
  }

  resource service 'fileServices' = {
    name: 'default'

    // NFS and not SMB: SQLite's locks and its write-ahead log do not work over SMB.
    resource share 'shares' = {
      name: 'history'
      properties: { enabledProtocols: 'NFS', shareQuota: 100, rootSquash: 'NoRootSquash' }
    }
  }
}

resource network 'Microsoft.Network/virtualNetworks@2024-01-01' = {
  name: 'tidemark-${suffix}'
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: ['10.20.0.0/16'] }
    subnets: [
      {
        name: 'apps'
        properties: {
          addressPrefix: '10.20.0.0/23'
          serviceEndpoints: [{ service: 'Microsoft.Storage' }]
          delegations: [{ name: 'apps', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
    ]
  }
}

resource apps 'Microsoft.App/managedEnvironments@2024-10-02-preview' = {
  name: 'tidemark-${suffix}'
  location: location
  tags: tags
  properties: {
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: logs.properties.customerId
        sharedKey: logs.listKeys().primarySharedKey
      }
    }
    vnetConfiguration: { infrastructureSubnetId: network.properties.subnets[0].id }
    workloadProfiles: [{ name: 'Consumption', workloadProfileType: 'Consumption' }]
  }

  resource history 'storages' = {
    name: 'history'
    properties: {
      nfsAzureFile: {
        accessMode: 'ReadWrite'
        server: '${files.name}.file.${environment().suffixes.storage}'
        shareName: '/${files.name}/history'
      }
    }
    dependsOn: [files::service::share]
  }
}

resource app 'Microsoft.App/containerApps@2024-10-02-preview' = {
  name: appName
  location: location
  tags: union(tags, { 'azd-service-name': 'tidemark' })
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    environmentId: apps.id
    workloadProfileName: 'Consumption'
    configuration: {
      // One at a time: the embedded database is one dashboard's.
      activeRevisionsMode: 'Single'
      ingress: { external: true, targetPort: 3000, transport: 'http', allowInsecure: false }
      registries: [{ server: registry.properties.loginServer, identity: identity.id }]
      secrets: [
        { name: 'sign-in-client-secret', value: signInClientSecret }
        { name: 'config', value: string(config) }
      ]
    }
    template: {
      containers: [
        {
          name: 'tidemark'
          image: empty(image) ? placeholder : image
          resources: { cpu: json('0.5'), memory: '1Gi' }
          env: [
            { name: 'TIDEMARK_CONFIG', value: '/etc/tidemark/config' }
            { name: 'TIDEMARK_DATA_DIR', value: '/data' }
            { name: 'TIDEMARK_OPERATIONS_PORT', value: '9090' }
            { name: 'TIDEMARK_PUBLIC_URL', value: 'https://${appName}.${apps.properties.defaultDomain}' }
            { name: 'TIDEMARK_AUTH', value: 'proxy' }
            { name: 'TIDEMARK_PROXY_HEADERS', value: 'easyAuth' }
            // Easy Auth is a sidecar: what it lets through comes from this machine.
            { name: 'TIDEMARK_PROXY_ADDRESSES', value: '127.0.0.1,::1' }
            { name: 'TIDEMARK_READ_ONLY', value: string(!allowResets) }
            { name: 'AZURE_CLIENT_ID', value: identity.properties.clientId }
          ]
          volumeMounts: [
            { volumeName: 'history', mountPath: '/data' }
            { volumeName: 'config', mountPath: '/etc/tidemark' }
          ]
          // The placeholder answers none of them, and its revision would never be ready.
          probes: empty(image) ? [] : [
            { type: 'Startup', httpGet: { path: '/healthz', port: 9090 }, periodSeconds: 2, failureThreshold: 30 }
            { type: 'Liveness', httpGet: { path: '/healthz', port: 9090 }, periodSeconds: 15 }
            { type: 'Readiness', httpGet: { path: '/readyz', port: 9090 }, periodSeconds: 5 }
          ]
        }
      ]
      scale: { minReplicas: 1, maxReplicas: 1 }
      volumes: [
        { name: 'history', storageType: 'NfsAzureFile', storageName: apps::history.name }
        { name: 'config', storageType: 'Secret', secrets: [{ secretRef: 'config', path: 'config' }] }
      ]
    }
  }
  dependsOn: [pull, eventHubsRole, storageRole]

  resource signIn 'authConfigs' = {
    name: 'current'
    properties: {
      platform: { enabled: true }
      globalValidation: { unauthenticatedClientAction: 'RedirectToLoginPage', redirectToProvider: 'azureactivedirectory' }
      identityProviders: {
        azureActiveDirectory: {
          enabled: true
          registration: {
            clientId: signInClientId
            clientSecretSettingName: 'sign-in-client-secret'
            openIdIssuer: '${environment().authentication.loginEndpoint}${tenantId}/v2.0'
          }
          validation: { allowedAudiences: [signInClientId, 'api://${signInClientId}'] }
        }
      }
    }
  }
}

// The first round has to go without; a hook in azure.yaml then provisions once more.
output TIDEMARK_PROBES string = empty(image) ? 'missing' : 'set'
output AZURE_CONTAINER_REGISTRY_ENDPOINT string = registry.properties.loginServer
output TIDEMARK_URL string = 'https://${app.properties.configuration.ingress.fqdn}'
output SIGN_IN_REDIRECT_URI string = 'https://${app.properties.configuration.ingress.fqdn}/.auth/login/aad/callback'
