targetScope = 'subscription'

@minLength(1)
@maxLength(64)
@description('Name of the azd environment: the resource group is rg-<name>, every resource carries it as a tag.')
param environmentName string

@minLength(1)
@description('Region of every resource. With a GPU it must offer that GPU to Container Apps, with backend dts the Durable Task Scheduler.')
@metadata({ azd: { type: 'location' } })
param location string

@allowed(['none', 'T4', 'A100'])
@description('The serverless GPU that trials run on. With none they run on CPU. Backend storage has no trainer app, so it takes none only.')
param gpu string = 'none'

@allowed(['dts', 'storage'])
@description('Where Durable Functions keeps orchestrations: Durable Task Scheduler, or queues and tables of the storage account.')
param backend string = 'dts'

@description('Object id of the person who deploys: may upload and read blobs. Empty: nobody but the apps may.')
param principalId string = ''

@allowed(['User', 'Group', 'ServicePrincipal'])
param principalType string = 'User'

@description('Where OpenTelemetry traces go besides Application Insights, as an OTLP address. Empty: nowhere.')
param traceEndpoint string = ''

@description('Image of the app pipeline. azd sets it after the first deployment; empty: a placeholder until then.')
param pipelineImage string = ''

@description('Image of the app trainer. azd sets it after the first deployment; empty: a placeholder until then.')
param trainerImage string = ''

var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }
var scheduled = backend == 'dts'
var device = gpu == 'none' || !scheduled ? 'none' : gpu
var placeholder = 'mcr.microsoft.com/k8se/quickstart-functions:latest'

// Both apps are one image: each loads its own functions only, so the scheduler's work item filter sends a trial to the
// trainer and everything else to the pipeline. A test compares the names with the code.
var trainerFunctions = ['DescribeDevice', 'TrainTrials']
var pipelineFunctions = [
  'AggregateSweep'
  'BuildCollection'
  'CancelSweep'
  'CheckHealth'
  'CollectDataset'
  'CompareTrials'
  'ConvertAudio'
  'DeleteSweep'
  'DescribeApi'
  'DescribeRequests'
  'DescribeSystem'
  'ExtendSweep'
  'FailCollect'
  'FailSweep'
  'FindNotes'
  'FollowSweep'
  'GetAudio'
  'GetCollection'
  'GetDataset'
  'GetSweep'
  'GetUpload'
  'IngestDataset'
  'LabelRecording'
  'ListCollections'
  'ListDatasets'
  'ListRecordings'
  'ListRejected'
  'ListSweeps'
  'PauseSweep'
  'PlanCollect'
  'PlanSweep'
  'PlanSweepPart'
  'PlayRecording'
  'Predict'
  'Classify'
  'PreviewSweep'
  'PutUpload'
  'ReadBaselineFile'
  'ReadChart'
  'ReadCollectionFile'
  'ReadDatasetFile'
  'ReadOrders'
  'ReadPageFile'
  'ReadReport'
  'ReadSweepFile'
  'ReadTrialFile'
  'ReportPoison'
  'ResumeSweep'
  'RetrySweep'
  'RunSweep'
  'RunSweepPart'
  'ShowPage'
  'StartCollect'
  'StartSweep'
  'StopSweep'
  'SuggestTrials'
  'TakeSamples'
  'TrainBaseline'
  'UnknownRoute'
  'WatchSweep'
]

// One trial a GPU or a core. A GPU is a replica of its own; without one, small replicas come and go faster.
var sizes = {
  none: { profile: 'Consumption', cores: 4, memory: '8Gi', trials: 4, replicas: 4 }
  T4: { profile: 'gpu', cores: 8, memory: '56Gi', trials: 1, replicas: 1 }
  A100: { profile: 'gpu', cores: 24, memory: '220Gi', trials: 1, replicas: 1 }
}
var trainerSize = sizes[device]
var pipelineSize = scheduled
  ? { profile: 'Consumption', cores: 2, memory: '4Gi', trials: 2, replicas: 3 }
  : { profile: 'Consumption', cores: 4, memory: '8Gi', trials: 4, replicas: 1 }
var parallelTrials = scheduled ? trainerSize.trials * trainerSize.replicas : pipelineSize.trials

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: { name: 'id-${token}', location: location, tags: tags }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: 'st${token}'
    topicName: 'evgt-${token}'
    location: location
    tags: tags
    appPrincipalId: identity.outputs.principalId
    userPrincipalId: principalId
    userPrincipalType: principalType
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: { token: token, location: location, tags: tags, appPrincipalId: identity.outputs.principalId }
}

module registry 'modules/registry.bicep' = {
  scope: group
  params: { name: 'cr${token}', location: location, tags: tags, appPrincipalId: identity.outputs.principalId }
}

module scheduler 'modules/scheduler.bicep' = if (scheduled) {
  scope: group
  params: {
    name: 'dts-${token}'
    location: location
    tags: tags
    appPrincipalId: identity.outputs.principalId
    userPrincipalId: principalId
    userPrincipalType: principalType
  }
}

module environment 'modules/environment.bicep' = {
  scope: group
  params: {
    name: 'cae-${token}'
    location: location
    tags: tags
    gpu: device
    workspaceId: monitoring.outputs.workspaceId
  }
}

module pipeline 'modules/app.bicep' = {
  scope: group
  params: {
    serviceName: 'pipeline'
    name: 'ca-pipeline-${token}'
    location: location
    tags: tags
    environmentId: environment.outputs.id
    image: empty(pipelineImage) ? placeholder : pipelineImage
    registryServer: registry.outputs.loginServer
    identityId: identity.outputs.id
    clientId: identity.outputs.clientId
    storage: storage.outputs.endpoints
    applicationInsights: monitoring.outputs.applicationInsights
    scheduled: scheduled
    schedulerEndpoint: scheduled ? scheduler!.outputs.endpoint : ''
    taskHub: scheduled ? scheduler!.outputs.taskHub : ''
    // Without the scheduler nothing filters work items, so the one app has every function.
    functions: scheduled ? pipelineFunctions : []
    externalIngress: true
    // The placeholder of the first deployment would never become ready.
    probed: !empty(pipelineImage)
    // Container Apps wakes Durable Functions for the scheduler, not for Azure Storage: there one replica stays up.
    minReplicas: scheduled ? 0 : 1
    size: pipelineSize
    parallelTrials: parallelTrials
    traceEndpoint: traceEndpoint
  }
}

module trainer 'modules/app.bicep' = if (scheduled) {
  scope: group
  params: {
    serviceName: 'trainer'
    name: 'ca-trainer-${token}'
    location: location
    tags: tags
    environmentId: environment.outputs.id
    image: empty(trainerImage) ? placeholder : trainerImage
    registryServer: registry.outputs.loginServer
    identityId: identity.outputs.id
    clientId: identity.outputs.clientId
    storage: storage.outputs.endpoints
    applicationInsights: monitoring.outputs.applicationInsights
    scheduled: scheduled
    schedulerEndpoint: scheduled ? scheduler!.outputs.endpoint : ''
    taskHub: scheduled ? scheduler!.outputs.taskHub : ''
    functions: trainerFunctions
    // Container Apps scales a function app only where it has an ingress, even one that nobody calls.
    externalIngress: false
    minReplicas: 0
    size: trainerSize
    scalesOnActivities: true
    parallelTrials: parallelTrials
    traceEndpoint: traceEndpoint
  }
}

output AZURE_LOCATION string = location
output AZURE_RESOURCE_GROUP string = group.name
output AZURE_CONTAINER_REGISTRY_ENDPOINT string = registry.outputs.loginServer
output AZURE_STORAGE_ACCOUNT string = storage.outputs.name
output MUSIC_URL string = pipeline.outputs.url
output MUSIC_PIPELINE_APP string = pipeline.outputs.name
output MUSIC_EVENT_TOPIC string = storage.outputs.topicName
output MUSIC_IMAGE string = device == 'none' ? 'cpu' : 'cuda'
output MUSIC_HAS_TRAINER bool = scheduled
