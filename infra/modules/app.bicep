@description('Name of the service in azure.yaml.')
param serviceName string
param name string
param location string
param tags { *: string }
param environmentId string
param image string
param registryServer string
param identityId string
param clientId string

@description('Addresses of the storage account: blob, queue and table.')
param storage { blob: string, queue: string, table: string }

@description('Names the Application Insights resource; its local authentication is off.')
param applicationInsights string

@description('Whether Durable Functions keeps its state in the Durable Task Scheduler; otherwise in the storage account.')
param scheduled bool
param schedulerEndpoint string
param taskHub string

@description('The functions that this app runs. Empty: all of them.')
param functions string[]
param externalIngress bool
param minReplicas int

@description('What a replica gets, how many activities it takes at once, and how many replicas there may be.')
param size { profile: string, cores: int, memory: string, trials: int, replicas: int }

@description('Trials of one sweep that train at once, over all replicas.')
param parallelTrials int

@description('Where traces go besides Application Insights. Empty: nowhere.')
param traceEndpoint string

@description('Whether HTTP probes watch the app. Only its own image has what they ask for.')
param probed bool = false

@description('Scales by the activities that wait in the task hub and nothing else; otherwise the platform reads the triggers.')
param scalesOnActivities bool = false

var hostSettings = {
  FUNCTIONS_WORKER_RUNTIME: 'dotnet-isolated'
  // The placeholder of the first deployment listens there too.
  ASPNETCORE_URLS: 'http://+:8080'
  // Both apps share the account: each needs an id of its own for its leases and blob trigger queues.
  AzureFunctionsWebHost__hostid: serviceName
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: clientId
  AzureWebJobsStorage__blobServiceUri: storage.blob
  AzureWebJobsStorage__queueServiceUri: storage.queue
  AzureWebJobsStorage__tableServiceUri: storage.table
  APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsights
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${clientId};Authorization=AAD'
  AzureFunctionsJobHost__extensions__durableTask__maxConcurrentActivityFunctions: string(size.trials)
  Training__ParallelTrials: string(parallelTrials)
  History__RetentionDays: '30'
  MUSIC_DEVICE: 'auto'
  MUSIC_CLASSIFIER: ''
  MUSIC_UPLOAD_MB: '100'
  // The page is at the root.
  AzureWebJobsDisableHomepage: 'true'
  // host.json leaves them out: without a place to go they are a warning at each start.
  AzureFunctionsJobHost__extensions__durableTask__tracing__version: 'V2'
}
var traceSettings = { OTEL_EXPORTER_OTLP_ENDPOINT: traceEndpoint }
var schedulerSettings = {
  DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${schedulerEndpoint};Authentication=ManagedIdentity;ClientID=${clientId}'
  AzureFunctionsJobHost__extensions__durableTask__hubName: taskHub
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__type: 'azureManaged'
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__workItemFilteringEnabled: 'true'
}
// The host's allow list. Disabling the others would not do: a disabled activity stays in the work item filter, and with
// Durable's worker extension 1.16.5 it keeps all of Durable from starting.
var functionSettings = toObject(
  range(0, length(functions)),
  number => 'AzureFunctionsJobHost__functions__${number}',
  number => functions[number]
)
var settings = union(
  hostSettings,
  empty(traceEndpoint) ? {} : traceSettings,
  scheduled ? schedulerSettings : {},
  functionSettings
)

var activityRule = {
  name: 'waiting-activities'
  custom: {
    type: 'azure-durabletask-scheduler'
    identity: identityId
    metadata: {
      endpoint: schedulerEndpoint
      taskhubName: taskHub
      workItemType: 'Activity'
      maxConcurrentWorkItemsCount: string(size.trials)
    }
  }
}

// Alive is what runs, also while storage is away, which no restart mends; ready is what reaches storage.
var health = { path: '/api/health', port: 8080 }
var probes = [
  { type: 'Startup', httpGet: health, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 10 }
  { type: 'Readiness', httpGet: health, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 }
  // The host's own, which asks for no key either.
  { type: 'Liveness', httpGet: { path: '/admin/host/ping', port: 8080 }, periodSeconds: 30, timeoutSeconds: 5, failureThreshold: 3 }
]

resource app 'Microsoft.App/containerApps@2026-07-01' = {
  name: name
  location: location
  kind: 'functionapp'
  tags: union(tags, { 'azd-service-name': serviceName })
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    environmentId: environmentId
    workloadProfileName: size.profile
    configuration: {
      activeRevisionsMode: 'Single'
      registries: [{ server: registryServer, identity: identityId }]
      ingress: {
        external: externalIngress
        targetPort: 8080
        allowInsecure: false
      }
    }
    template: {
      containers: [
        {
          name: serviceName
          image: image
          env: map(items(settings), setting => { name: setting.key, value: setting.value })
          resources: { cpu: size.cores, memory: size.memory }
          probes: probed ? probes : []
        }
      ]
      // Training may take long after it was told to stop; it ends at the next epoch or checkpoint.
      terminationGracePeriodSeconds: 120
      scale: {
        minReplicas: minReplicas
        maxReplicas: size.replicas
        allowScalingRuleOverride: scalesOnActivities
        rules: scalesOnActivities ? [activityRule] : []
      }
    }
  }
}

output name string = app.name
output url string = 'https://${app.properties.configuration.ingress.fqdn}'
